"""Adding the calendar of somebody else to a connection that stands, and taking it off the list again."""

from collections.abc import Iterable
from dataclasses import dataclass

from oncetui.connector.checking import as_found
from oncetui.connector.reconnecting import NothingToReconnectError
from oncetui.connector.signing_in_beside import signed_in_beside
from oncetui.model.calendars import Calendar, FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile
from oncetui.model.sharing import shared_by, spelt_address
from oncetui.model.turns import turn_to_sign_in


@dataclass(frozen=True)
class Listed:
    """The known calendars, and which of them is the one of the address; `new` says that it was not listed."""

    calendars: tuple[Calendar, ...]
    shared: Calendar
    new: bool


def add_shared_calendar(
    profile: Profile, address: str, live: CalendarGateway | None, cancellation: Cancellation
) -> Listed:
    """List the calendar that the owner of an address shares; no booking page uses it yet. It blocks.

    `live` is the connector's open gateway; where it runs in another process the kept secret signs in once.
    Raises `ProblemError` where the address can't be right, its calendar can't be read, or the server can't
    be asked; `NothingToReconnectError` without a connection, and `CancelledByUserError`.
    """
    spelt = spelt_address(address)
    generation = profile.connection.load().generation
    if live is not None:
        found = shared_by(live, spelt)
    else:
        with signed_in_beside(profile, cancellation) as gateway:
            found = shared_by(gateway, spelt)
    # In the turn, since a connector that lists the calendars meanwhile would take a new one for gone.
    with turn_to_sign_in(profile, cancellation):
        known = profile.busy.calendars()
        new = all(one.key != found[0].key for one in known)
        calendars = profile.busy.note_calendars(_joined(known, found), generation) if new else known
    shared = next((one for one in calendars if one.key == found[0].key), None)
    if shared is None:
        raise NothingToReconnectError
    return Listed(calendars, shared, new)


def take_off_list(profile: Profile, calendar: Calendar, cancellation: Cancellation) -> tuple[Calendar, ...]:
    """Forget a shared calendar that no booking page uses, with its busy time, and return the others.

    One that a page uses stays. Raises `ProblemError` and `CancelledByUserError`.
    """
    with turn_to_sign_in(profile, cancellation):
        generation = profile.connection.load().generation
        known = profile.busy.calendars()
        if any(calendar.id in page.associated.in_use for page in profile.pages.pages()):
            return known
        others = [as_found(one) for one in known if one.key != calendar.key]
        return profile.busy.note_calendars(others, generation)


def _joined(known: Iterable[Calendar], found: Iterable[FoundCalendar]) -> tuple[FoundCalendar, ...]:
    kept = {one.key: as_found(one) for one in known}
    return (*kept.values(), *(one for one in found if one.key not in kept))
