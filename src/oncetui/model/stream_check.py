"""Whether the server tells of changes by itself: it is listened to until its first heartbeat."""

from collections.abc import Iterable
from dataclasses import dataclass

from oncetui.model.calendars import Calendar, FoundCalendar
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway, Clock
from oncetui.model.problem import ProblemError


@dataclass(frozen=True)
class StreamCheck:
    """How many seconds the first heartbeat took, or why none came."""

    seconds: float | None = None
    reason: str | None = None


def check_stream(
    gateway: CalendarGateway,
    calendars: Iterable[Calendar | FoundCalendar],
    clock: Clock,
    cancellation: Cancellation,
) -> StreamCheck:
    """Listen until the first sign of life, for a worker thread; nothing of it stays on the server.

    Raises `CancelledByUserError` where it is cancelled or the gateway is closed.
    """
    heard: list[float] = []
    enough = Cancellation()
    began = clock.monotonic()

    def first_sign(_changed: frozenset[str]) -> None:
        heard.append(clock.monotonic() - began)
        enough.cancel()

    try:
        with cancellation.waking(enough.cancel):
            gateway.watch([one for one in calendars if one.can_be_watched], first_sign, enough)
    except CancelledByUserError:
        cancellation.raise_if_cancelled()
        if not heard:
            raise
    except ProblemError as error:
        return StreamCheck(reason=error.problem.title)
    return StreamCheck(seconds=heard[0])
