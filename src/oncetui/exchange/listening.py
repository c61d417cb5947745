"""Listening to an Exchange server: a subscription, and one stream of it after the other."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import urllib3

from oncetui.exchange.faults.telling import TROUBLE
from oncetui.exchange.operations.event_stream import GetStreamingEvents
from oncetui.exchange.operations.unsubscribe import Unsubscribe
from oncetui.exchange.session import MailboxAccount
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import CHANGES_LOST, TEMPORARILY_UNAVAILABLE, THROTTLED
from oncetui.model.problems.real_time import REAL_TIME_LIMITED, REAL_TIME_REFUSED, REAL_TIME_SILENT

_LIMITED = ("ErrorExceededSubscriptionCount", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened")
_LOST = (
    "ErrorSubscriptionNotFound",
    "ErrorSubscriptionUnsubscribed",
    "ErrorSubscriptionAccessDenied",
    "ErrorExpiredSubscription",
    "ErrorInvalidSubscription",
    "ErrorInvalidWatermark",
    "ErrorNewEventStreamConnectionOpened",
    "ErrorReadEventsFailed",
    "ErrorMissedNotificationEvents",
)
_EARLY_AT_MOST = 2
_LEAVES_WITHIN = 0.7
_PASSING = (THROTTLED.code, TEMPORARILY_UNAVAILABLE.code)


@dataclass(frozen=True)
class Patience:
    """How long a stream is asked for, in minutes from 1 to 30, and how long it may keep silent, in seconds.

    Exchange sends the first heartbeat at once and a further one about every 45 s. A minute of the server is
    `minute` seconds long.
    """

    minutes: int = 29
    first: float = 15.0
    later: float = 100.0
    minute: float = 60.0

    @property
    def whole(self) -> float:
        """After how many seconds a stream is over that the server should have ended."""
        return (self.minutes + 1) * self.minute


USUAL = Patience()


class NoHeartbeatError(OSError):
    """An event stream kept silent for so many seconds, as one does that is held back on the way."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no heartbeat within {seconds:g} s")
        self.seconds = seconds


def listen(
    account: MailboxAccount,
    cut: Callable[[], None],
    subscription: str,
    heard: Callable[[frozenset[str]], None],
    patience: Patience,
) -> None:
    """Tell what happens in the folders of a subscription; it ends by raising.

    `cut` ends the connection from another thread. A stream that ends as agreed goes on with another one of
    the same subscription, which keeps what happens in between.
    """
    ended_early = 0
    while ended_early < _EARLY_AT_MOST:
        began = time.monotonic()
        with _limited(cut, patience) as alive:
            for told in GetStreamingEvents(account=account).stream_of(subscription, patience.minutes):
                alive()
                heard(told.changed)
        lasted = time.monotonic() - began
        ended_early = ended_early + 1 if lasted < patience.minute / 2 else 0
    raise ConnectionResetError("the event stream ends before its time")


def leave(account: MailboxAccount, subscription: str) -> None:
    """Tell the server that a subscription is listened to no more, for at most a moment.

    An account may have few subscriptions, and unused ones lapse in 30 minutes only. Where the server is slow
    the request goes on without being waited for, until its connection is closed.
    """

    def tell() -> None:
        with contextlib.suppress(CancelledByUserError, *TROUBLE):
            Unsubscribe(account=account).end(subscription)

    thread = threading.Thread(target=tell, name="unsubscribing", daemon=True)
    thread.start()
    thread.join(_LEAVES_WITHIN)


def problem_of_stream(error: ProblemError, host: str) -> ProblemError:
    """Return what an error means that ended the listening, for the codes that are told otherwise there."""
    known = dict(error.problem.evidence)
    code = known.get("response_code")
    silent = _in_chain(error, NoHeartbeatError)
    if silent is not None:
        return ProblemError(REAL_TIME_SILENT.problem(host=host, seconds=round(silent.seconds)))
    if code is None or error.secret_refused:
        return error
    if code in _LOST:
        return ProblemError(CHANGES_LOST.problem(host=host, response_code=code))
    if code in _LIMITED:
        limited = REAL_TIME_LIMITED.problem(host=host, response_code=code)
        return ProblemError(limited, retry_after=error.retry_after)
    if error.problem.code in _PASSING:
        return error
    return ProblemError(REAL_TIME_REFUSED.problem(host=host, response_code=code))


def _in_chain(error: BaseException, kind: type[NoHeartbeatError]) -> NoHeartbeatError | None:
    link: BaseException | None = error
    while link is not None and not isinstance(link, kind):
        link = link.__cause__
    return link


@contextlib.contextmanager
def _limited(cut: Callable[[], None], patience: Patience) -> Iterator[Callable[[], None]]:
    """Cut the connection where no sign of life comes in time; yield what notes one."""
    over = time.monotonic() + patience.whole
    waited = patience.first
    overdue = threading.Event()

    def end() -> None:
        overdue.set()
        cut()

    def timer(seconds: float) -> threading.Timer:
        begun = threading.Timer(seconds, end)
        begun.daemon = True
        begun.start()
        return begun

    running = timer(waited)

    def alive() -> None:
        nonlocal running, waited
        running.cancel()
        waited = min(patience.later, max(over - time.monotonic(), 0.0))
        running = timer(waited)

    try:
        yield alive
    except (OSError, urllib3.exceptions.HTTPError) as error:
        if overdue.is_set():
            raise NoHeartbeatError(waited) from error
        raise
    finally:
        running.cancel()
