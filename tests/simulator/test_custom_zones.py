"""Time zones that a request defines by itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.calendars.custom_zones import CustomZone
from oncetui.simulator.calendars.zone_rules import rules_of
from oncetui.simulator.calendars.zones import Zone

from .asking import Client, small_world, timed

NAMES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]


def custom(name: str) -> CustomZone:
    """A zone of one's own with the rules of a known one."""
    rules = rules_of(Zone.of_iana(name), 2026)
    return CustomZone("Own", rules.standard, rules.daylight, rules.to_daylight, rules.to_standard)


# Away from the years' ends, where a zone of the southern half is the only one in daylight saving.
MINUTES = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)


@given(st.sampled_from(NAMES), MINUTES)
def test_it_agrees_with_the_zone_whose_rules_it_has(name: str, moment: datetime) -> None:
    local = moment.astimezone(custom(name))
    expected = moment.astimezone(ZoneInfo(name))
    assert local.replace(tzinfo=None) == expected.replace(tzinfo=None)
    assert local.utcoffset() == expected.utcoffset()
    assert local.astimezone(UTC) == moment


@given(st.sampled_from(NAMES), MINUTES)
def test_local_times_mean_the_same_moment(name: str, moment: datetime) -> None:
    bare = moment.replace(tzinfo=None)
    assert bare.replace(tzinfo=custom(name)).astimezone(UTC) == bare.replace(
        tzinfo=ZoneInfo(name)
    ).astimezone(UTC)


def test_a_definition_in_a_request_is_what_its_times_are_read_by() -> None:
    anna = Client(small_world())
    transition = (
        '<t:RecurringDayTransition><t:To Kind="Period">{}</t:To><t:TimeOffset>{}</t:TimeOffset>'
        "<t:Month>{}</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence>"
        "</t:RecurringDayTransition>"
    )
    changes = transition.format("std", "PT3H", 10) + transition.format("dlt", "PT2H", 3)
    definition = (
        '<t:StartTimeZone Id="Own zone" Name="Own"><t:Periods>'
        '<t:Period Bias="-PT60M" Name="Standard" Id="std"/>'
        '<t:Period Bias="-PT120M" Name="Daylight" Id="dlt"/>'
        "</t:Periods><t:TransitionsGroups>"
        f'<t:TransitionsGroup Id="0">{changes}</t:TransitionsGroup>'
        '</t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition>'
        "</t:Transitions></t:StartTimeZone>"
    )
    summer = anna.create(timed("Summer", "2026-07-01T10:00:00", "2026-07-01T11:00:00", definition))
    winter = anna.create(timed("Winter", "2026-12-01T10:00:00", "2026-12-01T11:00:00", definition))
    assert anna.get(summer).one("Start") == "2026-07-01T08:00:00Z"
    assert anna.get(winter).one("Start") == "2026-12-01T09:00:00Z"
    assert anna.get(winter).one("StartTimeZoneId") == "Own zone"
