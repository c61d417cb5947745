"""A connector that reads a calendar that never rests, in a process that is there to be killed.

`python -m tests.soak.writer FOLDER SEED`. What happens to the calendars stands in `FOLDER/happened` before it
happens, one line a change, so that whoever kills the process knows what was true at each cursor.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from oncetui.model.calendars import Window
from oncetui.model.state import State
from oncetui.model.status import Heartbeat
from tests.fakes.exchange import FakeMailbox
from tests.soak.machine import Machine
from tests.soak.mail_server import KEYS, no_answer

HAPPENED = "happened"


def replay(folder: Path, mailbox: FakeMailbox, up_to: int | None = None) -> None:
    """Let everything happen again that happened so far, or the first changes of it."""
    path = folder / HAPPENED
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    for line in lines[:up_to]:
        _happens(mailbox, json.loads(line))


def _happens(mailbox: FakeMailbox, change: list[str]) -> None:
    kind, key, *rest = change
    match kind:
        case "add":
            start, end = map(datetime.fromisoformat, rest)
            mailbox.add_event(key, Window(start, end))
        case "move":
            item, start, end = rest[0], *map(datetime.fromisoformat, rest[1:])
            mailbox.move_event(key, item, Window(start, end))
        case _:
            mailbox.remove_event(key, rest[0])


def _change(random: Random, mailbox: FakeMailbox, now: datetime) -> list[str]:
    key = random.choice(KEYS)
    held = sorted(mailbox.events.get(key, {}))
    start = now.replace(microsecond=0) + timedelta(minutes=random.randrange(0, 300 * 24 * 60, 15))
    window = [start.isoformat(), (start + timedelta(minutes=random.choice((15, 60, 1440)))).isoformat()]
    if (len(held) < 60 and random.random() < 0.6) or not held:
        return ["add", key, *window]
    if random.random() < 0.5:
        return ["move", key, random.choice(held), *window]
    return ["remove", key, random.choice(held)]


def main(folder: Path, seed: int) -> None:
    """Read and write until killed; a line is printed once it reads."""
    random = Random(seed)
    machine = Machine(folder)
    mailbox = machine.server.mailbox
    replay(folder, mailbox)
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
    with held, (folder / HAPPENED).open("a") as happened:
        for step in count():
            # At first enough to have something to lose, and no fault in the way of it.
            for _ in range(random.randrange(4) if step else 20):
                change = _change(random, mailbox, machine.clock.now())
                happened.write(json.dumps(change) + "\n")
                happened.flush()
                _happens(mailbox, change)
            machine.server.fault = no_answer() if step and random.random() < 0.1 else None
            machine.clock.advance(61)
            machine.store.commands.beat(Heartbeat(os.getpid(), began, machine.clock.now()))
            machine.connector.step(machine.cancellation)
            print(machine.profile.connection.load().state, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
