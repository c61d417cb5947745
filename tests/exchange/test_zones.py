"""Time zones of series: by their Windows name, and by a definition where the name says nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from oncetui.exchange.series.zones import zone_of
from oncetui.simulator.calendars.zone_rules import Change, YearRules, rules_of
from oncetui.simulator.calendars.zones import Zone, windows_names
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.soap.names import TYPES

CUSTOM = "tzone://Microsoft/Custom"
YEAR = 2026
AT = datetime(YEAR, 7, 1, tzinfo=UTC)
HOURS = st.integers(0, 364 * 24).map(lambda hour: datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(hours=hour))


def element(inside: str = "", name: str = CUSTOM) -> Any:
    return etree.fromstring(f'<t:StartTimeZone xmlns:t="{TYPES}" Id="{name}">{inside}</t:StartTimeZone>')


def defined(rules: YearRules) -> str:
    """The definition of a zone as Exchange writes it; the group of other years is another zone."""
    periods = _period("s", rules.standard) + _period("d", rules.daylight) + _period("old", timedelta(hours=9))
    if rules.to_daylight is None or rules.to_standard is None:
        group = '<t:Transition><t:To Kind="Period">s</t:To></t:Transition>'
    else:
        group = _transition("d", rules.to_daylight) + _transition("s", rules.to_standard)
    old = '<t:Transition><t:To Kind="Period">old</t:To></t:Transition>'
    groups = "".join(
        f'<t:TransitionsGroup Id="{number}">{content}</t:TransitionsGroup>'
        for number, content in enumerate((old, group, old))
    )
    since = "".join(
        f'<t:AbsoluteDateTransition><t:To Kind="Group">{number}</t:To>'
        f"<t:DateTime>{year}-01-01T00:00:00</t:DateTime></t:AbsoluteDateTransition>"
        for number, year in ((1, YEAR - 10), (2, YEAR + 10))
    )
    first = '<t:Transition><t:To Kind="Group">0</t:To></t:Transition>'
    return (
        f"<t:Periods>{periods}</t:Periods><t:TransitionsGroups>{groups}</t:TransitionsGroups>"
        f"<t:Transitions>{first}{since}</t:Transitions>"
    )


def _period(key: str, offset: timedelta) -> str:
    return f'<t:Period Bias="{_length(-offset)}" Name="{key}" Id="{key}"/>'


def _transition(to: str, change: Change) -> str:
    return (
        f'<t:RecurringDayTransition><t:To Kind="Period">{to}</t:To>'
        f"<t:TimeOffset>{_length(change.time)}</t:TimeOffset><t:Month>{change.month}</t:Month>"
        f"<t:DayOfWeek>{DAYS[change.weekday]}</t:DayOfWeek><t:Occurrence>{change.week}</t:Occurrence></t:RecurringDayTransition>"
    )


def _length(length: timedelta) -> str:
    minutes = int(abs(length).total_seconds()) // 60
    return f"{'-' if length < timedelta(0) else ''}PT{minutes // 60}H{minutes % 60}M"


TO_ANOTHER = '<t:Transition><t:To Kind="Period">another</t:To></t:Transition>'


@given(st.sampled_from(windows_names()), HOURS)
def test_a_zone_is_known_by_its_windows_name(name: str, hour: datetime) -> None:
    zone = zone_of(element(name=name), AT)
    assert (
        zone is None
        or hour.astimezone(zone).utcoffset() == hour.astimezone(Zone.of_windows(name).info).utcoffset()
    )


@given(st.sampled_from(windows_names()), HOURS)
def test_a_zone_that_is_defined_is_reckoned_by_its_definition(name: str, hour: datetime) -> None:
    rules = rules_of(Zone.of_windows(name), YEAR)
    by_rule = (rules.to_daylight is None) == (rules.standard == rules.daylight)
    zone = zone_of(element(defined(rules)), AT)
    assert zone is not None
    if by_rule:
        there = hour.astimezone(Zone.of_windows(name).info)
        assert hour.astimezone(zone).replace(tzinfo=None) == there.replace(tzinfo=None)


@pytest.mark.parametrize("name", ["UTC", "tzone://Microsoft/Utc"])
def test_utc_has_two_names(name: str) -> None:
    assert zone_of(element(name=name), AT) is UTC


def test_a_name_that_windows_knows_counts_before_a_definition() -> None:
    berlin = zone_of(element(defined(YearRules(timedelta(), timedelta())), "W. Europe Standard Time"), AT)
    assert berlin == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<t:Periods/>",
        '<t:Periods><t:Period Bias="soon" Id="s"/></t:Periods>',
        '<t:Periods><t:Period Bias="P9D" Id="s"/></t:Periods>',
        f"<t:Periods>{_period('s', timedelta())}</t:Periods><t:Transitions>{TO_ANOTHER}</t:Transitions>",
    ],
)
def test_a_zone_that_cannot_be_made_out_is_none(inside: str) -> None:
    assert zone_of(element(inside), AT) is None


def test_an_event_without_a_zone_has_none() -> None:
    assert zone_of(None, AT) is None
