"""The thread that listens to the server: it posts what it hears and decides nothing."""

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from oncetui.model.calendars import Calendar
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway, Clock
from oncetui.model.problem import ProblemError

ENDS_WITHIN_SECONDS = 1.0


@dataclass(frozen=True)
class Post:
    """Something heard, by the clock's monotonic seconds; `failure` is what ended the listening."""

    at: float
    changed: frozenset[str] = frozenset()
    failure: Exception | None = None


class ChangeStream:
    """Listens to some calendars from its start to its end; `bell` is rung for each post."""

    def __init__(
        self,
        gateway: CalendarGateway,
        calendars: tuple[Calendar, ...],
        clock: Clock,
        bell: threading.Event,
    ) -> None:
        self.gateway = gateway
        self.calendars = calendars
        self._clock = clock
        self._bell = bell
        self._posts: queue.SimpleQueue[Post] = queue.SimpleQueue()
        self._cancellation = Cancellation()
        self._thread = threading.Thread(target=self._listen, name="changes", daemon=True)
        self._thread.start()

    def posts(self) -> Iterator[Post]:
        """Yield what was heard since the last time, oldest first."""
        while True:
            try:
                yield self._posts.get_nowait()
            except queue.Empty:
                return

    def end(self) -> None:
        """Stop listening; the connection is cut at once."""
        self._cancellation.cancel()
        self._thread.join(ENDS_WITHIN_SECONDS)

    def _listen(self) -> None:
        try:
            self.gateway.watch(self.calendars, self._heard, self._cancellation)
        except CancelledByUserError:
            return
        except Exception as error:  # noqa: BLE001 - posted, and raised by whoever reads the posts
            self._post(Post(self._clock.monotonic(), failure=error))

    def _heard(self, changed: frozenset[str]) -> None:
        self._post(Post(self._clock.monotonic(), changed))

    def _post(self, post: Post) -> None:
        self._posts.put(post)
        self._bell.set()


def same_calendars(one: tuple[Calendar, ...], other: tuple[Calendar, ...]) -> bool:
    """Tell whether these are the same calendars, whatever was read from them meanwhile."""
    return {calendar.key for calendar in one} == {calendar.key for calendar in other}


def raised(failure: Exception) -> ProblemError:
    """Return what ended the listening; a fault of ours is raised."""
    if isinstance(failure, ProblemError):
        return failure
    raise failure
