"""Real-time: which calendars the server tells of by itself, what it told, and what when it doesn't."""

import threading
from collections.abc import Iterable
from datetime import timedelta

from oncetui.connector.change_stream import ChangeStream, raised, same_calendars
from oncetui.connector.timing import Every, instant
from oncetui.model.calendars import Calendar
from oncetui.model.passing import Instant, passed, slept
from oncetui.model.ports import CalendarGateway, Clock
from oncetui.model.problem import ProblemError
from oncetui.model.schedule import (
    GATHERED_FOR,
    LONG_SLEEP,
    QUIET_FOR,
    SAFETY_NET,
    STEADY_AFTER,
    wait_before_real_time,
)
from oncetui.model.sync import (
    AUTO,
    BEGINNING,
    NOTHING_TO_WATCH,
    REAL_TIME,
    SyncInEffect,
    partly_watched,
)


class RealTime:
    """Keeps one stream of changes and tells what it asks for; used by one thread, woken by `bell`.

    A calendar is spared the usual poll while the stream stands: it is read when the server tells of it, and
    every five minutes all the same. The first news are read at once, those that follow in a burst together.
    """

    def __init__(self, clock: Clock) -> None:
        self.bell = threading.Event()
        self.sync: SyncInEffect | None = None
        self._clock = clock
        self._stream: ChangeStream | None = None
        self._stood_at: float | None = None
        self._failures = 0
        self._ended: Instant | None = None
        self._waits = timedelta()
        self._heard = instant(clock)
        self._why = BEGINNING
        self._news: set[str] = set()
        self._first_news = self._last_news = 0.0
        self._read_news = float("-inf")
        self._net = Every(clock, SAFETY_NET)

    def follow(self, gateway: CalendarGateway, in_use: Iterable[Calendar]) -> None:
        """Listen to the calendars in use, with a new stream where there is none that fits."""
        wanted = tuple(in_use)
        watched = tuple(calendar for calendar in wanted if calendar.can_be_watched)
        stream = self._stream
        if stream is not None and not (
            stream.gateway is gateway and same_calendars(stream.calendars, watched)
        ):
            self._end()
        if self._stream is None and watched and self._may_begin():
            self._heard = instant(self._clock)
            self._stream = ChangeStream(gateway, watched, self._clock, self.bell)
        self.sync = self._in_effect(len(watched), len(wanted))

    def rest(self, waits_for: str | None) -> None:
        """Listen to nothing: it isn't wished for, which is None, or it has to wait, and that is told."""
        self._end()
        self._failures, self._ended, self._why = 0, None, BEGINNING
        self.sync = AUTO if waits_for is None else SyncInEffect(reason=waits_for)

    def take_in(self) -> ProblemError | None:
        """Take in what was heard; return the problem where the server refused the secret."""
        stream = self._stream
        if stream is None:
            return None
        for post in stream.posts():
            self._heard = instant(self._clock)
            if post.failure is not None:
                return self._over(raised(post.failure))
            if self._stood_at is None:
                # What changed between the last reading and this moment goes untold.
                self._stood_at = post.at
                self._note(stream, frozenset(calendar.key for calendar in stream.calendars), post.at)
            elif post.changed:
                self._note(stream, post.changed, post.at)
        if slept(self._heard, instant(self._clock)) >= LONG_SLEEP:
            # The server has long hung up on a computer that slept, and nothing tells of that.
            self._begin_anew(stream)
        return None

    @property
    def listens(self) -> bool:
        """Whether somebody listens, or has ended and was not yet heard of."""
        return self._stream is not None

    def has_news(self) -> bool:
        """Tell whether some calendar is to be read now because of what was heard."""
        return bool(self._news) and self.seconds_to_news() <= 0

    def seconds_to_news(self) -> float:
        """Return how long the burst is still gathered, infinity where nothing was heard."""
        if not self._news:
            return float("inf")
        now = self._clock.monotonic()
        if now - self._read_news >= GATHERED_FOR.total_seconds():
            return 0.0
        together = self._first_news + GATHERED_FOR.total_seconds()
        return min(together, self._last_news + QUIET_FOR.total_seconds()) - now

    def spares(self, calendar: Calendar) -> bool:
        """Tell whether a calendar need not be asked now: the server would have told."""
        stream = self._stream
        if stream is None or self._stood_at is None or self._net.is_due() or calendar.key in self._news:
            return False
        return any(one.key == calendar.key for one in stream.calendars)

    def reading(self) -> None:
        """Note that what is not spared is about to be read."""
        if self._news:
            self._news.clear()
            self._read_news = self._clock.monotonic()
        if self._net.is_due():
            self._net.done()

    def close(self) -> None:
        """Stop listening."""
        self._end()

    def _in_effect(self, watched: int, wanted: int) -> SyncInEffect:
        if not watched:
            return SyncInEffect(reason=NOTHING_TO_WATCH) if wanted else SyncInEffect(reason=BEGINNING)
        if self._stood_at is None:
            return SyncInEffect(reason=self._why)
        return REAL_TIME if watched == wanted else partly_watched(wanted - watched)

    def _note(self, stream: ChangeStream, changed: frozenset[str], at: float) -> None:
        known = {calendar.key for calendar in stream.calendars}
        if not self._news:
            self._first_news = at
        self._last_news = at
        # A key of another form than the listed ones may mean any of them.
        self._news |= changed & known or known

    def _over(self, error: ProblemError) -> ProblemError | None:
        """Note that the listening failed: it begins anew at once where it stood well, else after a wait."""
        now = instant(self._clock)
        lost = frozenset[str]()
        if self._stream is not None and self._stood_at is not None:
            lost = frozenset(calendar.key for calendar in self._stream.calendars)
        steady = self._stood_at is not None and now.steady - self._stood_at >= STEADY_AFTER.total_seconds()
        self._end()
        at_once = bool(lost) and (steady or self._failures == 0)
        self._failures = 0 if steady else self._failures + 1
        if at_once:
            self._why, self._ended = BEGINNING, None
        else:
            self._why, self._ended = error.problem.title, now
            asked = timedelta(seconds=error.retry_after or 0.0)
            self._waits = max(wait_before_real_time(self._failures), asked)
        # What was to be told since is asked for now, and tells whether the connection itself is at fault.
        self._news |= lost
        self._read_news = float("-inf")
        return error if error.secret_refused else None

    def _may_begin(self) -> bool:
        return self._ended is None or passed(self._ended, instant(self._clock)) >= self._waits

    def _begin_anew(self, stream: ChangeStream) -> None:
        self._end()
        self._why, self._ended = BEGINNING, None
        self._news |= {calendar.key for calendar in stream.calendars}
        self._read_news = float("-inf")

    def _end(self) -> None:
        if self._stream is not None:
            self._stream.end()
        self._stream = None
        self._stood_at = None
        self._news.clear()
