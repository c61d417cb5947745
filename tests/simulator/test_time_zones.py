"""Time zones: every Windows name and every IANA name that CLDR maps, over the wire."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from exchangelib import CalendarItem, EWSTimeZone
from exchangelib.protocol import CachingProtocol
from exchangelib.winzone import CLDR_TO_MS_TIMEZONE_MAP

from oncetui.simulator.calendars.windows_names import IANA_NAMES
from oncetui.simulator.calendars.zones import UnknownZoneError, Zone

from .asking import small_world
from .by_exchangelib import account
from .loopback_ews import serving

MOMENT = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def calendar() -> Iterator[Any]:
    """Anna's calendar, as exchangelib reaches it."""
    with serving(small_world()) as service:
        yield account(service, "anna@contoso.example").calendar
    CachingProtocol.clear_cache()


def test_an_appointment_keeps_its_time_in_every_zone_that_exchangelib_knows(calendar: Any) -> None:
    zones = [EWSTimeZone(name) for name in sorted(CLDR_TO_MS_TIMEZONE_MAP)]
    items = [
        CalendarItem(
            subject=zone.key,
            start=MOMENT.astimezone(zone),
            end=MOMENT.astimezone(zone) + timedelta(minutes=30),
            folder=calendar,
        )
        for zone in zones
    ]
    assert len(items) > 400
    calendar.bulk_create(items)
    kept = {item.subject: item for item in calendar.all().only("subject", "start", "_start_timezone")}
    assert set(kept) == {zone.key for zone in zones}
    assert {item.start for item in kept.values()} == {MOMENT}
    for zone in zones:
        assert kept[zone.key]._start_timezone.ms_id == zone.ms_id


def test_the_server_tells_the_rules_of_every_zone_that_exchangelib_asks_for(calendar: Any) -> None:
    asked = sorted({windows for windows, _ in CLDR_TO_MS_TIMEZONE_MAP.values()})
    zones = [Zone.of_windows(name) for name in asked]
    told = calendar.account.protocol.get_timezones(timezones=[EWSTimeZone("Asia/Kolkata")])
    assert [zone.id for zone in told] == ["India Standard Time"]
    assert {zone.id for zone in calendar.account.protocol.get_timezones()} == {
        *(zone.windows_id for zone in zones),
        "Alberta Standard Time",
        "British Columbia Standard Time",
        "Manitoba Standard Time",
    }


@pytest.mark.parametrize(
    ("iana", "windows"),
    [
        ("Europe/Vienna", "W. Europe Standard Time"),
        ("europe/zagreb", "Central European Standard Time"),
        ("America/Vancouver", "British Columbia Standard Time"),
        ("Asia/Calcutta", "India Standard Time"),
        ("US/Eastern", "Eastern Standard Time"),
        ("Etc/UTC", "UTC"),
    ],
)
def test_an_iana_name_is_known_in_its_old_spelling_and_in_any_case(iana: str, windows: str) -> None:
    assert Zone.of_iana(iana).windows_id == windows


def test_what_is_no_time_zone_is_unknown() -> None:
    with pytest.raises(UnknownZoneError):
        Zone.of_iana("Europe/Atlantis")


def test_an_iana_name_belongs_to_one_windows_zone() -> None:
    names = [iana for text in IANA_NAMES.values() for iana in text.split()]
    assert len(names) == len(set(names))


def test_every_windows_zone_has_rules_that_python_knows() -> None:
    assert all(
        MOMENT.astimezone(ZoneInfo(text.split()[0])).utcoffset() is not None for text in IANA_NAMES.values()
    )
