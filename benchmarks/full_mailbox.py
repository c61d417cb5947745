"""A simulated Exchange whose mailbox holds very many events, in a process of its own.

A program run as `python -m benchmarks.full_mailbox READY_FILE EMAIL EVENTS YEARS`; it ends with its input.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oncetui.simulator import start
from oncetui.simulator.events import add_event
from oncetui.simulator.scenario import default_scenario

LENGTH = timedelta(minutes=30)


def main(ready_file: str, email: str, events: int, years: int) -> None:
    """Lay the events out evenly around today, answer, and tell where."""
    exchange = default_scenario(lambda: datetime.now(UTC))
    mailbox = exchange.mailboxes[email]
    span = timedelta(days=years * 365.25)
    first = datetime.now(UTC).replace(microsecond=0) - span / 2
    for number in range(events):
        begins = first + span * number / events
        add_event(exchange, mailbox, {"subject": "Full", "start": begins, "end": begins + LENGTH})
    with start(exchange) as simulator:
        ready = Path(ready_file)
        ready.with_suffix(".part").write_text(json.dumps(simulator.ready), encoding="utf-8")
        ready.with_suffix(".part").rename(ready)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
