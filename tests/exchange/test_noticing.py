"""What answers and connections tell of the way by the by: it is steady, and never a guess."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.exchange.transport.noticing import Noticed, seconds_ahead
from oncetui.exchange.transport.phases import Phase
from oncetui.model.way_taken import UNKNOWN_WAY

HOST = ("mail.contoso.example", 443)


def dated(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (290, 0), (-290, 0), (310, 5), (-900, 15), (86400, 1440)]
)
def test_a_clock_counts_as_off_from_five_minutes_on(seconds: float, minutes: int) -> None:
    noticed = Noticed()
    noticed.answered(dated(seconds), None)
    assert noticed.way.clock_minutes == minutes


def test_what_is_told_does_not_flicker_and_ends_when_the_clock_is_right() -> None:
    noticed = Noticed()
    told = []
    for seconds in (570, 569, 571, 568, 572, 0):
        noticed.answered(dated(seconds), None)
        told.append(noticed.way.clock_minutes)
    assert len(set(told[:5])) == 1
    assert told[5] == 0


@given(st.none() | st.text() | st.datetimes().map(format_datetime))
def test_a_date_that_is_none_tells_nothing_and_fails_nothing(text: str | None) -> None:
    seconds_ahead(text, datetime.now(UTC))
    noticed = Noticed()
    noticed.answered(text, None)
    assert noticed.way.certificate is None


def test_a_silent_ipv6_address_is_told_until_a_connection_did_without_ipv4() -> None:
    noticed = Noticed()
    assert noticed.way == UNKNOWN_WAY
    noticed.watch(*HOST, Phase.CONNECTING, "")
    noticed.watch(*HOST, Phase.WITHOUT_IPV6, "2001:db8::1")
    assert noticed.way.silent_ipv6 == "2001:db8::1"
    noticed.watch(*HOST, Phase.RESOLVING, "")
    noticed.watch(*HOST, Phase.CONNECTING, "")
    assert noticed.way.silent_ipv6 is None


def test_the_newest_certificate_counts_and_an_answer_without_one_changes_nothing() -> None:
    noticed = Noticed()
    noticed.answered(None, b"one")
    first = noticed.way.certificate
    noticed.answered(None, None)
    assert noticed.way.certificate == first
    noticed.answered(None, b"another")
    assert noticed.way.certificate not in (None, first)
