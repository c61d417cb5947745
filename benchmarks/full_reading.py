"""Reads a very full calendar over a real line, as the product does or by exchangelib's own folders.

A program run as `python -m benchmarks.full_reading ours|stock READY_FILE EMAIL`; it prints a JSON object of
phases, each with its seconds, its seconds of CPU and how many things it read.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import exchangelib
from tests.exchange.site import Site
from tests.simulator.routed import RoutedAdapter

from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.calendars import Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme

library: Any = exchangelib  # it has no annotations
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
HORIZON = Window(TODAY - timedelta(days=7), TODAY + timedelta(days=400))
STOCK_WINDOW = timedelta(days=25)
"""exchangelib asks for ever where a view comes back incomplete, so that its windows have to be small."""
Phase = tuple[str, Callable[[], int]]


class _Ready:
    """What a `Site` asks of a running simulator."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready


def ours(ready: dict[str, Any], email: str) -> Iterator[Phase]:
    """Yield what the connector does."""
    site = Site(_Ready(ready))  # type: ignore[arg-type]  # the simulator runs elsewhere
    gateway = ExchangeOpener().open(site.access(email, Scheme.BASIC), site.secret(email), Cancellation())
    calendar = gateway.calendars()[0]
    cursors: list[str | None] = [None]

    def changes() -> int:
        pages = 1
        answers: list[str] = []
        told = gateway.changes(calendar, cursors[-1], HORIZON, answers.append)
        cursors.append(told.cursor)
        return pages + len(answers)

    def horizon() -> int:
        return len(gateway.busy_time(calendar, HORIZON))

    yield "first sync", changes
    yield "horizon read", horizon
    yield "idle poll", changes
    yield "re-read", horizon
    gateway.close()


def stock(ready: dict[str, Any], email: str) -> Iterator[Phase]:
    """Yield the same by exchangelib."""

    class Adapter(RoutedAdapter):
        def __init__(self, **keywords: Any) -> None:
            super().__init__(ready, **keywords)

    library.protocol.BaseProtocol.HTTP_ADAPTER_CLS = Adapter
    box = next(box for box in ready["mailboxes"] if box["email"] == email)
    account = library.Account(
        email,
        config=library.Configuration(
            service_endpoint=box["ews_url"],
            credentials=library.Credentials(box["username"], box["password"]),
            retry_policy=library.FailFast(),
        ),
        autodiscover=False,
        access_type=library.DELEGATE,
        default_timezone=library.UTC,
    )
    calendar = account.calendar

    def changes() -> int:
        state = calendar.item_sync_state
        return sum(1 for _ in calendar.sync_items(sync_state=state, only_fields=["changekey"]))

    def horizon() -> int:
        # An event over the seam of two windows comes with both.
        found: set[tuple[str, datetime]] = set()
        begin = HORIZON.start
        while begin < HORIZON.end:
            end = min(begin + STOCK_WINDOW, HORIZON.end)
            found |= {
                (item.id, item.start) for item in _view(calendar, begin, end) if item.end > HORIZON.start
            }
            begin = end
        return len(found)

    yield "first sync", changes
    yield "horizon read", horizon
    yield "idle poll", changes
    yield "re-read", horizon


def _view(calendar: Any, begin: datetime, end: datetime) -> Any:
    moments = [library.EWSDateTime.from_datetime(moment) for moment in (begin, end)]
    return calendar.view(start=moments[0], end=moments[1]).only(
        "id", "start", "end", "legacy_free_busy_status"
    )


def main(way: str, ready_file: str, email: str) -> None:
    """Go through the phases."""
    ready = json.loads(Path(ready_file).read_text(encoding="utf-8"))
    took = {}
    for name, phase in (ours if way == "ours" else stock)(ready, email):
        began, cpu = time.perf_counter(), time.process_time()
        read = phase()
        took[name] = (time.perf_counter() - began, time.process_time() - cpu, read)
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
