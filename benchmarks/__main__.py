"""`make bench`: measures on this machine what README and documents claim about speed.

Ratios carry over to other machines, seconds do not. Ends with 1 where something is over its limit.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import commands, connecting, first_paint, idle, keeping, reading, searching, slots, telling
from benchmarks.machine import Machine, machine
from benchmarks.table import Row, lines_of

CONNECTED = "connected"
MAILBOX = "emil@contoso.example"
NOTE = (
    "Byte code is compiled to a temporary folder before anything is measured, as in an installed program.\n"
    "Times to start are the least of several rounds, since other work on the machine only adds to them."
)


def sections(bench: Machine) -> list[tuple[str, Callable[[], list[Row]]]]:
    """Return what is measured, in the order in which a user meets it."""
    return [
        (commands.TITLE, lambda: commands.measure(bench, CONNECTED)),
        (first_paint.TITLE, lambda: first_paint.measure(bench, CONNECTED)),
        (searching.TITLE, lambda: searching.measure(bench)),
        (connecting.TITLE, lambda: connecting.measure(bench)),
        (reading.TITLE, reading.measure),
        (slots.TITLE, slots.measure),
        (keeping.TITLE, lambda: keeping.measure(bench)),
        (telling.TITLE, lambda: telling.measure(bench)),
        (idle.TITLE, lambda: idle.measure(bench, CONNECTED)),
    ]


def main() -> int:
    """Print a section as soon as it is measured; return 1 where something is over its limit."""
    began = time.monotonic()
    print(NOTE)
    over = 0
    with tempfile.TemporaryDirectory(prefix="oncetui-bench-") as folder, machine(Path(folder)) as bench:
        bench.connect(CONNECTED, MAILBOX)
        for title, measure in sections(bench):
            rows = measure()
            over += sum(row.over for row in rows)
            print("", *lines_of(title, rows), sep="\n", flush=True)
    print(f"\n{over or 'Nothing'} over its limit; measured in {time.monotonic() - began:.0f} s.")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
