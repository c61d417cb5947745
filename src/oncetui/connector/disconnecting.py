"""Disconnect: what it will erase, and erasing it."""

from dataclasses import dataclass

from oncetui.connector.protecting import protection_of
from oncetui.model.bookings import Booking, denied
from oncetui.model.connection import ConnectionSettings
from oncetui.model.ports import Erased
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.routes import place_of_proxy
from oncetui.model.spelling import host_of
from oncetui.model.state import Disconnected, State, advance
from oncetui.model.status import Protection

NEVER_ASKED = "The mailbox was disconnected before the calendar could be asked."
COMMAND_GOES = "the command of settings on-change is erased, since it names the mailbox"
COPY_LEFT = "Another program was reading the store, so a copy may stay in its files until that one ends."


@dataclass(frozen=True)
class DisconnectPreview:
    """What Disconnect takes and what it leaves, to be shown before it is confirmed.

    `protection` tells where the password is that goes; `upcoming` counts the bookings that become ordinary
    events, `pages` the booking pages that stay and then consult no calendar. `outbox` counts the bookings of
    which something is still to be done in the calendar, which is lost; of these `requests` are refused, as
    nobody can ask the calendar for their time any more. `telling` says that the command for changes goes,
    since it names the mailbox; another one stays.
    """

    mailbox: str
    erased: Erased
    protection: Protection | None
    upcoming: int
    pages: int
    outbox: int = 0
    requests: int = 0
    telling: bool = False

    @property
    def lost(self) -> str:
        """What goes with the outbox, in words; empty where nothing waits in it."""
        if not self.outbox:
            return ""
        sentence = f"what the calendar still lacks of {_counted(self.outbox, 'booking')}"
        if self.requests:
            sentence += f"; {_counted(self.requests, 'request')} that nobody could confirm yet: refused"
        return sentence


@dataclass(frozen=True)
class Disconnection:
    """What came of a Disconnect; `left` holds a sentence for each thing that could not be erased."""

    left: tuple[str, ...] = ()


def preview(profile: Profile) -> DisconnectPreview | None:
    """Count what `disconnect` would erase, None where nothing is connected; it changes nothing."""
    settings = profile.settings.load()
    if settings is None and not _holds_a_connection(profile):
        return None
    now = profile.clock.now()
    waiting = profile.bookings.outbox()
    return DisconnectPreview(
        mailbox="" if settings is None else settings.mailbox,
        erased=profile.eraser.count(now),
        protection=None if settings is None else protection_of(profile, settings),
        upcoming=profile.bookings.count_upcoming(now),
        pages=len(profile.pages.pages()),
        outbox=len(waiting),
        requests=sum(booking.to_confirm for booking in waiting),
        telling=settings is not None and _names_mailbox(_command_for_changes(profile), settings),
    )


def disconnect(profile: Profile) -> Disconnection:
    """Erase the mailbox's data and its secret; pages and bookings stay, but requests that wait are refused.

    The record changes first: its new generation fences off whatever is being read at this moment. Doing it
    twice is harmless, so a Disconnect that was cut short is finished by the next one.
    """
    settings = profile.settings.load()
    now = profile.clock.now()
    profile.connection.change(
        lambda record: advance(record, Disconnected(now)),
        "Booking pages check no calendar.",
    )
    for waiting in profile.bookings.outbox():
        profile.bookings.change(waiting.id, _refused_if_it_waits)
    left = []
    if not profile.eraser.erase(now):
        left.append(COPY_LEFT)
    if settings is not None:
        left += _erase_secret(profile, settings)
        if _names_mailbox(_command_for_changes(profile), settings):
            profile.on_change.keep_command(())
    profile.settings.erase()
    profile.drafts.erase()
    profile.reports.erase()
    return Disconnection(tuple(left))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _refused_if_it_waits(booking: Booking) -> Booking:
    return denied(booking, NEVER_ASKED) if booking.to_confirm else booking


def take_last_copies(profile: Profile) -> Disconnection:
    """Take from the files what a Disconnect before this one had to leave there."""
    if profile.connection.load().state is not State.DISCONNECTED or profile.eraser.settle():
        return Disconnection()
    return Disconnection((COPY_LEFT,))


def _holds_a_connection(profile: Profile) -> bool:
    return profile.connection.load().state not in (State.NOT_CONNECTED, State.DISCONNECTED)


def _command_for_changes(profile: Profile) -> tuple[str, ...]:
    try:
        return profile.on_change.command()
    except ProblemError:
        return ()  # settings that can't be read are told of by whoever reads the connection in them


def _names_mailbox(command: tuple[str, ...], settings: ConnectionSettings) -> bool:
    """Tell whether a command holds what Disconnect erases: mailbox address, user name or server."""
    words = " ".join(command).casefold()
    named = (settings.mailbox, settings.sign_in.username, host_of(settings.ews_url))
    return any(name.casefold() in words for name in named)


def _erase_secret(profile: Profile, settings: ConnectionSettings) -> list[str]:
    left = []
    try:
        profile.secret_places.place(settings.kept_in).erase()
    except ProblemError as error:
        left.append(f"The password is still in the {settings.kept_in}: {error.problem.what}")
    if settings.route.proxy_user is not None:
        try:
            place_of_proxy(profile, settings.kept_in).erase()
        except ProblemError as error:
            left.append(f"The proxy's password is still in the {settings.kept_in}: {error.problem.what}")
    return left
