"""A connector killed outright at any moment leaves a store that opens, is true, and is free to take.

It is killed while it reads, and while it writes, moves and removes the events of bookings.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from oncetui.connector.horizon import horizon
from oncetui.model.event_links import EventState
from oncetui.model.state import State
from oncetui.store.home import locate_home
from oncetui.store.opening import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeMailbox
from tests.soak.mail_server import within
from tests.soak.writer import HAPPENED, replay

pytestmark = pytest.mark.skipif(os.name != "posix", reason="killing a process outright needs POSIX")


def killed_once_it_reads(folder: Path, seed: int) -> None:
    """Run the connector and kill it at a random moment after its first check."""
    command = [sys.executable, "-m", "tests.soak.writer", str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        first = writer.stdout.readline()
        if not first:
            raise AssertionError(writer.stderr.read())
        time.sleep(Random(seed).uniform(0, 0.12))  # at a random moment, which is what is tested
        assert writer.poll() is None
        writer.kill()


def comes_to_rest(folder: Path) -> None:
    """Let a connector work until nothing is left to be done."""
    command = [sys.executable, "-m", "tests.soak.writer", str(folder), "0", "rest"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def marks_in_calendars(folder: Path) -> Counter[tuple[str, str]]:
    """Count the events that the server holds by calendar and booking."""
    mailbox = FakeMailbox()
    replay(folder, mailbox)
    return Counter(
        (key, mailbox.booked[item].stamp.mark.booking)
        for key, held in mailbox.events.items()
        for item in held
        if item in mailbox.booked
    )


def bookings_written(folder: Path) -> int:
    """Count the events of bookings that the server was ever given."""
    return (folder / HAPPENED).read_text().count('["book"')


def no_booking_is_lost_or_twice(folder: Path) -> int:
    """Look at the bookings once nothing is left to be done, and return how many stand."""
    store = open_store(locate_home(folder / "home"), "default", FakeClock())
    try:
        keys = {calendar.id: calendar.key for calendar in store.busy.calendars()}
        bookings = store.bookings.since()
        assert store.bookings.outbox() == ()
        wanted = Counter(
            (keys[link.calendar], booking.id)
            for booking in bookings
            if booking.status.stands
            for link in booking.events
            if link.state is EventState.WRITTEN
        )
        assert marks_in_calendars(folder) == wanted
        standing = [booking for booking in bookings if booking.status.stands]
        assert all(link.state is EventState.WRITTEN for booking in standing for link in booking.events)
        for one, other in combinations(standing, 2):
            same = one.page == other.page
            assert not same or one.end <= other.start or other.end <= one.start, (one, other)
        return len(standing)
    finally:
        store.close()


def is_whole_and_true(folder: Path) -> int:
    """Look at what was left, and return how many events are kept."""
    twice = [mark for mark, times in marks_in_calendars(folder).items() if times > 1]
    assert twice == []
    home = locate_home(folder / "home")
    with sqlite3.connect(home.files_of("default").store) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept.close()
    store = open_store(home, "default", FakeClock())
    try:
        record = store.connection.load()
        assert record.state in (State.CONNECTED, State.INTERRUPTED)
        assert record.last_success is not None
        assert store.commands.heartbeat() is None
        held = store.lock.take()
        turn = store.guard.turn()
        assert held is not None
        assert turn is not None
        with held, turn:
            pass
        span = horizon(record.last_success)
        events = 0
        for calendar in store.busy.calendars():
            cursor = store.busy.cursor(calendar.id)
            if cursor is None:
                continue
            truth = FakeMailbox()
            replay(folder, truth, up_to=int(cursor))
            true = within(tuple(truth.events.get(calendar.key, {}).values()), span)
            blocks = store.busy.blocks([calendar.id], span)
            assert frozenset(blocks) == true, f"{calendar.name} at {cursor}"
            assert len(blocks) == len(true)
            events += len(true)
        return events
    finally:
        store.close()


@pytest.mark.timeout(180)
def test_a_connector_killed_now_and_then_leaves_everything_whole_and_true(tmp_path: Path) -> None:
    killed = events = 0
    while killed < 6 or not bookings_written(tmp_path):
        assert killed < 40
        killed_once_it_reads(tmp_path, killed)
        events = is_whole_and_true(tmp_path)
        killed += 1
    comes_to_rest(tmp_path)

    assert events > 0
    no_booking_is_lost_or_twice(tmp_path)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_two_hundred_kills_leave_everything_whole_and_true(tmp_path: Path) -> None:
    for seed in range(1000, 1200):
        killed_once_it_reads(tmp_path, seed)
        is_whole_and_true(tmp_path)
        if seed % 20 == 0:
            comes_to_rest(tmp_path)
            no_booking_is_lost_or_twice(tmp_path)
    comes_to_rest(tmp_path)

    assert no_booking_is_lost_or_twice(tmp_path) > 20
