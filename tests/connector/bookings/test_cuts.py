"""The server's line is cut at every possible byte of a write: the event is there once when it is back.

In the suite a part of the bytes is tried, in `make soak` each of them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.event_links import EventState
from tests.connector.bookings.bad_line import CALENDARS, BadLine, bad_line

CREATE, CHANGE, CANCEL = "create_event", "change_event", "cancel_event"
WRITES = (CREATE, CHANGE, CANCEL)
A_FEW = 127
Cut = tuple[str, int]


@pytest.fixture(scope="module")
def line() -> Iterator[BadLine]:
    with bad_line() as opened:
        yield opened


def put_through(line: BadLine, write: str, trouble: Callable[[], None]) -> tuple[Booking, list[datetime]]:
    """Do what needs a write while trouble begins with it; return the booking and where its events belong."""
    line.cleared()
    if write == CREATE:
        line.spoiled(write, trouble)
        booking = line.booked()
        return booking, [booking.start]
    booking = line.booked()
    line.spoiled(write, trouble)
    if write == CHANGE:
        booking = line.moved(booking)
        return booking, [booking.start]
    return line.canceled(booking), []


def cut(line: BadLine, way: str, after: int, *, reset: bool = False) -> Callable[[], None]:
    up, down = (after, None) if way == "up" else (None, after)
    return lambda: line.proxy.cut(up=up, down=down, reset=reset)


def bytes_to_cut_at(line: BadLine, write: str, apart: int) -> Iterator[Cut]:
    """Return where a write can be cut: its first and last bytes, and between them some so far apart."""
    put_through(line, write, line.proxy.heal)
    for way, number in (("up", line.exchanged.up), ("down", line.exchanged.down)):
        assert number > 500
        edges = (0, 1, 4, 5, 6, number - 1, number)
        yield from ((way, after) for after in sorted({*edges, *range(0, number, apart)}))


def assert_whole(line: BadLine, write: str, at: Cut) -> None:
    before = line.proxy.cuts
    booking, starts = put_through(line, write, cut(line, *at))
    assert line.proxy.cuts == before + 1, at
    assert line.events(booking) == dict.fromkeys(CALENDARS, starts), at
    state = EventState.REMOVED if write == CANCEL else EventState.WRITTEN
    assert [link.state for link in booking.events] == [state] * len(CALENDARS), at
    status = {CREATE: BookingStatus.SCHEDULED, CHANGE: BookingStatus.RESCHEDULED}
    assert booking.status is status.get(write, BookingStatus.CANCELED), at


@pytest.mark.parametrize("write", WRITES)
def test_a_write_that_is_cut_anywhere_is_done_once(line: BadLine, write: str) -> None:
    for at in bytes_to_cut_at(line, write, A_FEW if write == CREATE else 10 * A_FEW):
        assert_whole(line, write, at)


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_reset_line_loses_and_doubles_nothing_either(line: BadLine, way: str) -> None:
    for after in (0, 300, 900):
        booking, starts = put_through(line, CREATE, cut(line, way, after, reset=True))
        assert line.events(booking) == dict.fromkeys(CALENDARS, starts)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("write", WRITES)
def test_a_write_that_is_cut_at_each_byte_is_done_once(line: BadLine, write: str) -> None:
    for at in bytes_to_cut_at(line, write, 1):
        assert_whole(line, write, at)
