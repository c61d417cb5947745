"""`make bench`: measures on this machine what README and documents claim about speed.

Ratios carry over to other machines, seconds do not. Ends with 1 where something is over its limit.
With `--heavy` only a very full calendar is measured, which takes minutes.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    commands,
    connecting,
    first_paint,
    heavy,
    idle,
    keeping,
    reading,
    searching,
    slots,
    telling,
)
from benchmarks.machine import Machine, machine
from benchmarks.table import Row, lines_of

HEAVY = "--heavy"
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


def main(arguments: Sequence[str]) -> int:
    """Print a section as soon as it is measured; return 1 where something is over its limit."""
    if arguments not in ([], [HEAVY]):
        print(f"python -m benchmarks takes nothing or {HEAVY}, not {' '.join(arguments)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    over = _heavy() if arguments else _usual()
    print(f"\n{over or 'Nothing'} over its limit; measured in {time.monotonic() - began:.0f} s.")
    return int(over > 0)


def _heavy() -> int:
    with tempfile.TemporaryDirectory(prefix="oncetui-bench-") as folder:
        return _told(heavy.TITLE, heavy.measure(Path(folder)))


def _usual() -> int:
    print(NOTE)
    over = 0
    with tempfile.TemporaryDirectory(prefix="oncetui-bench-") as folder, machine(Path(folder)) as bench:
        bench.connect(CONNECTED, MAILBOX)
        for title, measure in sections(bench):
            over += _told(title, measure())
    return over


def _told(title: str, rows: list[Row]) -> int:
    print("", *lines_of(title, rows), sep="\n", flush=True)
    return sum(row.over for row in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
