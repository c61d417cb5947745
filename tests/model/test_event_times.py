"""The time of an event reads as people say it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncetui.model.event_times import span_text

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("start", "hours", "text"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=BERLIN), 1, "Tue 24 Nov 10:00 to 11:00"),
        (datetime(2026, 11, 24, 23, tzinfo=BERLIN), 2, "Tue 24 Nov 23:00 to Wed 25 Nov 01:00"),
        (datetime(2026, 11, 30, 22, tzinfo=BERLIN), 97, "Mon 30 Nov 22:00 to Fri 4 Dec 23:00"),
        (datetime(2026, 11, 24, tzinfo=BERLIN), 24, "Tue 24 Nov, all day"),
        (datetime(2026, 11, 24, tzinfo=BERLIN), 48, "Tue 24 Nov to Wed 25 Nov, all day"),
    ],
)
def test_a_span_reads_as_people_say_it(start: datetime, hours: int, text: str) -> None:
    assert span_text(start, start + timedelta(hours=hours), BERLIN) == text
