from datetime import timedelta

import pytest

from oncetui.plain.times import ago_text, moment_text
from tests.fakes.clock import MONDAY_MORNING as NOW


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s ago"),
        (40, "40 s ago"),
        (119, "1 min ago"),
        (3599, "59 min ago"),
        (3 * 3600, "3 h ago"),
        (47 * 3600, "47 h ago"),
        (2 * 86400, "2 days ago"),
    ],
)
def test_how_long_ago_is_told_in_the_unit_that_fits(seconds: int, text: str) -> None:
    assert ago_text(NOW - timedelta(seconds=seconds), NOW) == text


def test_a_time_of_today_needs_no_day() -> None:
    assert moment_text(NOW, NOW, "Europe/Berlin") == "10:00:00"
    assert moment_text(NOW - timedelta(days=1), NOW, "Europe/Berlin") == "Sun 01 Mar 10:00"
    assert moment_text(None, NOW, "Europe/Berlin") == "never"
