"""What a user would do without oncetui: exchangelib signs in and reads the calendar of a mailbox.

A program of its own, run as `python -m benchmarks.stock_connect READY_FILE EMAIL`.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import exchangelib
import exchangelib.protocol
from tests.simulator.routed import RoutedAdapter

library: Any = exchangelib  # it has no annotations


def main(ready_file: str, email: str) -> None:
    """Connect and read the horizon that oncetui reads."""
    ready = json.loads(Path(ready_file).read_text(encoding="utf-8"))

    class Adapter(RoutedAdapter):
        def __init__(self, **keywords: Any) -> None:
            super().__init__(ready, **keywords)

    library.protocol.BaseProtocol.HTTP_ADAPTER_CLS = Adapter
    mailbox = next(box for box in ready["mailboxes"] if box["email"] == email)
    account = library.Account(
        email,
        config=library.Configuration(
            service_endpoint=mailbox["ews_url"],
            credentials=library.Credentials(mailbox["username"], mailbox["password"]),
            retry_policy=library.FailFast(),
        ),
        autodiscover=False,
        access_type=library.DELEGATE,
        default_timezone=library.UTC,
    )
    today = datetime.now(UTC)
    horizon = [
        library.EWSDateTime.from_datetime(moment)
        for moment in (today - timedelta(days=7), today + timedelta(days=400))
    ]
    view = account.calendar.view(start=horizon[0], end=horizon[1])
    print(len(list(view.only("start", "end", "legacy_free_busy_status"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
