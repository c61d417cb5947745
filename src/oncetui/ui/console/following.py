"""Following the store from a thread: each change comes as one message with all that the console shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from textual.message import Message

from oncetui.connector.watching import current_status, watch
from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import StateChange
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.status import Status

LOG_LENGTH = 20
AGAIN_AFTER_SECONDS = 5.0
REQUEST_LASTS = timedelta(seconds=30)
"""A request that no connector took by then lapses."""


@dataclass
class Told(Message):
    """The store changed, or a minute passed.

    `waiting` counts the bookings of which something is still to be written, `unsettled` those that somebody
    changed in the calendar.
    """

    status: Status
    history: tuple[StateChange, ...]
    bookings: tuple[Booking, ...]
    waiting: int = 0
    unsettled: int = 0

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those before it."""
        return isinstance(message, Told)


@dataclass
class Unreadable(Message):
    """What is kept can't be read at the moment; it is tried again."""

    sentence: str


def follow(profile: Profile, cancellation: Cancellation, post: Callable[[Told | Unreadable], object]) -> None:
    """Post what is kept at once and after each change, until it is cancelled."""

    def told(status: Status) -> None:
        post(_with_log(profile, status))

    while not cancellation.cancelled:
        try:
            watch(profile, cancellation, told)
        except ProblemError as error:
            post(_unreadable(error))
            profile.clock.wait(cancellation.event, AGAIN_AFTER_SECONDS)


def read_now(profile: Profile) -> Told | Unreadable:
    """Return what is kept at this moment, for a screen that just changed it."""
    try:
        return _with_log(profile, current_status(profile))
    except ProblemError as error:
        return _unreadable(error)


def _with_log(profile: Profile, status: Status) -> Told:
    history = profile.connection.history(LOG_LENGTH)
    bookings = profile.bookings
    return Told(
        status,
        history,
        bookings.upcoming(status.now),
        waiting=len(bookings.outbox()),
        unsettled=sum(bool(one.unsettled) for one in bookings.since(status.now)),
    )


def _unreadable(error: ProblemError) -> Unreadable:
    return Unreadable(f"{error.problem.what} {error.problem.next}")
