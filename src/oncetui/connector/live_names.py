"""Subjects of events, read live to be shown and never kept."""

from collections.abc import Iterable, Mapping

from oncetui.connector.signing_in_beside import signed_in_beside
from oncetui.model.calendars import Calendar, Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile


def subjects_read_beside(
    profile: Profile, calendars: Iterable[Calendar], window: Window, cancellation: Cancellation
) -> Mapping[str, str]:
    """Return them by a sign-in of its own, for a process that doesn't keep the connection; it blocks.

    Raises `ProblemError` where that isn't possible now, and `CancelledByUserError`.
    """
    asked = tuple(calendars)
    if not asked:
        return {}
    with signed_in_beside(profile, cancellation) as gateway:
        return subjects(gateway, asked, window)


def subjects(
    gateway: CalendarGateway | None, calendars: Iterable[Calendar], window: Window
) -> Mapping[str, str]:
    """Return the subjects of a window's events by the ids under which busy time knows them; it blocks.

    Without a gateway, and for a calendar that can't be read now, there are none.
    """
    found: dict[str, str] = {}
    if gateway is None:
        return found
    for calendar in calendars:
        try:
            found |= {event.key: event.subject for event in gateway.named_events(calendar, window)}
        except (ProblemError, CancelledByUserError):
            continue
    return found
