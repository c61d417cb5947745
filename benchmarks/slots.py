"""Free slots of 60 days against 10,000 busy blocks, and how that grows up to 1,000,000.

The limit is for all that is done anew: putting the busy time together, then finding the slots. Blocks are as
the store gives them, by start; the store is not measured.
"""

import gc
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from benchmarks.table import Row, at_most, compared
from oncetui.model.availability.slots import Days, free_slots
from oncetui.model.availability.taken import Taken, busy_time, taken_by
from oncetui.model.calendars import BusyBlock, Showing
from oncetui.model.pages import BookingPage

TITLE = "Free slots of 60 days"
LIMIT_MS = 5.0
BLOCKS = 10_000
GROWTH = (100_000, 1_000_000)
ROUNDS = 15
NOW = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
SIXTY_DAYS = Days(date(2026, 3, 1), date(2026, 4, 29))
PAGE = BookingPage(
    "intro", "Intro", 30, "Europe/Berlin", buffer_before_minutes=5, buffer_after_minutes=10, horizon_days=60
)


def blocks_of(number: int) -> tuple[BusyBlock, ...]:
    """Return so many events that overlap one another in the mornings of the same 60 days."""
    chance = random.Random(number)
    minutes = sorted(chance.randrange(60) * 24 * 60 + chance.randrange(240) for _ in range(number))
    lengths = (15, 30, 30, 60, 60, 90)
    showings = (Showing.FREE, Showing.BUSY, Showing.TENTATIVE, Showing.AWAY)
    return tuple(
        BusyBlock(
            f"i{at}",
            NOW + timedelta(minutes=at),
            NOW + timedelta(minutes=at + chance.choice(lengths)),
            chance.choice(showings),
        )
        for at in minutes
    )


def least_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least milliseconds of several rounds: other work on the machine only ever adds to it."""
    times = []
    gc.collect()
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def measure() -> list[Row]:
    """Measure the whole at 10,000 blocks, then both halves as the blocks grow."""
    sparse, dense = blocks_of(BLOCKS // 50), blocks_of(BLOCKS)
    rows = [
        at_most(f"60 days against {BLOCKS:,} blocks, every morning taken", _whole(dense), LIMIT_MS, "ms"),
        compared(f"60 days against {len(sparse)} blocks", _whole(sparse), "ms"),
    ]
    for number in GROWTH:
        blocks = blocks_of(number)
        busy = busy_time(PAGE, blocks)
        together = least_ms(partial(busy_time, PAGE, blocks), 3)
        rows += [
            compared(f"{number:,} blocks: put together once", together, "ms"),
            compared(f"{number:,} blocks: find the slots of 60 days", _found(Taken(busy)), "ms"),
        ]
    return rows


def _whole(blocks: tuple[BusyBlock, ...]) -> float:
    return least_ms(lambda: list(free_slots(PAGE, SIXTY_DAYS, taken_by(PAGE, blocks, ()), NOW)))


def _found(taken: Taken) -> float:
    return least_ms(lambda: list(free_slots(PAGE, SIXTY_DAYS, taken, NOW)))
