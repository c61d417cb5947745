"""A connector that reads and writes calendars that never rest, in a process that is there to be killed.

`python -m tests.soak.writer FOLDER SEED [rest]`. What happens to the calendars stands in `FOLDER/happened`
before it happens, one line a change: whoever kills the process knows what was true at each cursor, and which
events of bookings the server holds. With `rest` nothing happens any more, and it ends once nothing is left.
"""

import contextlib
import json
import os
import sys
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from oncetui.connector.bookings.taking import take, take_another
from oncetui.model.booked_events import BookedEvent, StampedEvent
from oncetui.model.bookings import BookingStatus, Customer, canceled
from oncetui.model.calendars import Window
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.stamps import Stamp
from oncetui.model.state import State
from oncetui.model.status import Heartbeat
from tests.fakes.exchange import FakeMailbox
from tests.soak.machine import Machine
from tests.soak.mail_server import KEYS, no_answer

HAPPENED = "happened"
DANA = Customer("Dana", "dana@customer.example")


def replay(folder: Path, mailbox: FakeMailbox, up_to: int | None = None) -> None:
    """Let everything happen again that happened so far, or the first changes of it."""
    path = folder / HAPPENED
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    for line in lines[:up_to]:
        _happens(mailbox, json.loads(line))


def _happens(mailbox: FakeMailbox, change: list[str]) -> None:
    kind, key, *rest = change
    match kind:
        case "book":
            mailbox.book(key, _booked(*rest))
        case "change":
            item, event = rest[0], _booked(*rest[1:])
            mailbox.move_event(key, item, Window(event.start, event.end))
            mailbox.booked[item] = event
        case "add":
            start, end = map(datetime.fromisoformat, rest)
            mailbox.add_event(key, Window(start, end))
        case "move":
            item, start, end = rest[0], *map(datetime.fromisoformat, rest[1:])
            mailbox.move_event(key, item, Window(start, end))
        case _:
            mailbox.remove_event(key, rest[0])


def _booked(stamp: str, start: str, end: str) -> BookedEvent:
    known = Stamp.read(stamp)
    assert known is not None
    return BookedEvent(known, "Booking", datetime.fromisoformat(start), datetime.fromisoformat(end))


class Journal:
    """Notes what happens to the mailbox before it does, the writes of bookings among it."""

    def __init__(self, folder: Path, mailbox: FakeMailbox) -> None:
        self._lines = (folder / HAPPENED).open("a")
        self._book, self._move, self._remove = mailbox.book, mailbox.move_event, mailbox.remove_event
        self._mailbox = mailbox
        mailbox.book = self.book  # type: ignore[method-assign]  # the mailbox outlives the process
        mailbox.move_event = self.move  # type: ignore[method-assign]  # as above
        mailbox.remove_event = self.remove  # type: ignore[method-assign]  # as above
        self.changing: BookedEvent | None = None

    def note(self, *change: str) -> None:
        self._lines.write(json.dumps(change) + "\n")
        self._lines.flush()

    def book(self, key: str, event: BookedEvent) -> str:
        self.note("book", key, event.stamp.text, event.start.isoformat(), event.end.isoformat())
        return self._book(key, event)

    def move(self, key: str, item: str, window: Window) -> None:
        times = window.start.isoformat(), window.end.isoformat()
        changing, self.changing = self.changing, None
        if changing is None:
            self.note("move", key, item, *times)
        else:
            self.note("change", key, item, changing.stamp.text, *times)
        self._move(key, item, window)

    def remove(self, key: str, item: str) -> None:
        self.note("remove", key, item)
        self._remove(key, item)


class JournalledGateway:
    """Tells the journal what a moved event is to become."""

    def __init__(self, gateway: CalendarGateway, journal: Journal) -> None:
        self._gateway = gateway
        self._journal = journal

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway, name)

    def change_event(self, calendar: Any, found: StampedEvent, event: BookedEvent) -> None:
        self._journal.changing = event
        try:
            self._gateway.change_event(calendar, found, event)
        finally:
            self._journal.changing = None


def _change(random: Random, mailbox: FakeMailbox, now: datetime) -> list[str]:
    key = random.choice(KEYS)
    held = sorted(item for item in mailbox.events.get(key, {}) if item not in mailbox.booked)
    start = now.replace(microsecond=0) + timedelta(minutes=random.randrange(0, 300 * 24 * 60, 15))
    window = [start.isoformat(), (start + timedelta(minutes=random.choice((15, 60, 1440)))).isoformat()]
    if (len(held) < 60 and random.random() < 0.6) or not held:
        return ["add", key, *window]
    if random.random() < 0.5:
        return ["move", key, random.choice(held), *window]
    return ["remove", key, random.choice(held)]


def _customers_come(random: Random, machine: Machine) -> None:
    """Let one book, move or cancel."""
    now = machine.clock.now()
    page = random.choice(machine.store.pages.pages())
    day = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=random.randrange(1, 50))
    start = day + timedelta(minutes=30 * random.randrange(14))
    coming = [one for one in machine.store.bookings.since(now) if one.status is BookingStatus.SCHEDULED]
    with contextlib.suppress(ProblemError):
        if coming and random.random() < 0.3:
            booking = random.choice(coming)
            its = next(one for one in machine.store.pages.pages() if one.id == booking.page)
            take_another(machine.profile, its, booking, start)
        elif coming and random.random() < 0.3:
            machine.store.bookings.change(random.choice(coming).id, canceled)
        else:
            take(machine.profile, page, start, DANA)


def main(folder: Path, seed: int, *, rests: bool = False) -> None:
    """Read and write until killed, or until it rests; a line is printed once it reads."""
    random = Random(seed)
    machine = Machine(folder)
    mailbox = machine.server.mailbox
    replay(folder, mailbox)
    journal = Journal(folder, mailbox)
    machine.server.gateways_as = lambda gateway: JournalledGateway(gateway, journal)
    held = machine.store.lock.take()
    assert held is not None
    record = machine.profile.connection.load()
    if record.last_success is not None:
        machine.clock.put_to(record.last_success)
    if record.state is State.NOT_CONNECTED:
        machine.connect()
    else:
        machine.remembers_the_password()
    began = machine.clock.now()
    with held:
        for step in count():
            # At first enough to have something to lose, and no fault in the way of it.
            for _ in range(0 if rests else random.randrange(4) if step else 20):
                change = _change(random, mailbox, machine.clock.now())
                if change[0] == "add":
                    journal.note(*change)
                _happens(mailbox, change)
            for _ in range(0 if rests else random.randrange(4)):
                _customers_come(random, machine)
            machine.server.fault = no_answer() if not rests and step and random.random() < 0.1 else None
            machine.clock.advance(61)
            machine.store.commands.beat(Heartbeat(os.getpid(), began, machine.clock.now()))
            machine.connector.step(machine.cancellation)
            machine.server.streams.settle()
            state = machine.profile.connection.load().state
            print(state, flush=True)
            if rests and step > 5 and state is State.CONNECTED and not machine.store.bookings.outbox():
                break
    machine.store.commands.stopped()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), rests="rest" in sys.argv[3:])
