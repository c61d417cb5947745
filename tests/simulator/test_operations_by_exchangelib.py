"""exchangelib, as it is, works with the simulated Exchange."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from exchangelib import (
    Attendee,
    CalendarItem,
    EWSDate,
    EWSDateTime,
    ExtendedProperty,
    HTMLBody,
    Mailbox,
)
from exchangelib.errors import (
    ErrorCreateItemAccessDenied,
    ErrorItemNotFound,
    ErrorNonExistentMailbox,
    ErrorNonPrimarySmtpAddress,
)
from exchangelib.folders import Calendar, FolderCollection
from exchangelib.properties import DistinguishedFolderId
from exchangelib.protocol import CachingProtocol
from exchangelib.recurrence import (
    AbsoluteMonthlyPattern,
    AbsoluteYearlyPattern,
    DailyPattern,
    Recurrence,
    RelativeMonthlyPattern,
    RelativeYearlyPattern,
    WeeklyPattern,
)

from oncetui.simulator.scenario import default_scenario
from oncetui.simulator.world import Exchange

from .asking import NOW, needed_validator
from .by_exchangelib import BERLIN, account, local
from .loopback_ews import Recorder, serving


class BookingStamp(ExtendedProperty):  # type: ignore[misc]  # exchangelib has no types
    """The mark of a booking."""

    property_set_id = "8c4d1f6e-52ab-4a0f-9d5e-6f1f3a7d2b90"
    property_name = "booking"
    property_type = "String"


@pytest.fixture(scope="module", autouse=True)
def _stamp() -> Iterator[None]:
    CalendarItem.register("booking_stamp", BookingStamp)
    yield
    CalendarItem.deregister("booking_stamp")


@pytest.fixture
def exchange() -> Exchange:
    return default_scenario(lambda: NOW)


@pytest.fixture
def service(exchange: Exchange) -> Iterator[tuple[str, Recorder]]:
    with serving(exchange) as served:
        yield served
        CachingProtocol.clear_cache()


@pytest.fixture
def anna(service: tuple[str, Recorder]) -> Any:
    return account(service, "anna@contoso.example")


def week(anna: Any) -> list[CalendarItem]:
    return list(anna.calendar.view(start=local(1, 0), end=local(8, 0)))


def test_the_server_is_recognised_as_exchange_2019(anna: Any) -> None:
    assert anna.protocol.version.fullname == "Microsoft Exchange Server 2019"
    assert str(anna.protocol.version.build) == "15.2.1544.11"


def test_a_view_shows_the_fortnight_with_its_exceptions(anna: Any) -> None:
    start = EWSDateTime.from_datetime(NOW - timedelta(days=9))
    shown = list(anna.calendar.view(start=start, end=start + timedelta(days=21)))
    assert {item.type for item in shown} == {"Single", "Occurrence", "Exception"}
    assert [item.start for item in shown if not item.is_all_day] == sorted(
        i.start for i in shown if not i.is_all_day
    )
    assert {item.legacy_free_busy_status for item in shown} == {
        "Free",
        "Tentative",
        "Busy",
        "OOF",
        "WorkingElsewhere",
    }


def test_an_appointment_is_made_found_changed_and_deleted(anna: Any) -> None:
    item = CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Booked €",
        body=HTMLBody("<html><body>Hello</body></html>"),
        start=local(5, 10),
        end=local(5, 11),
        legacy_free_busy_status="Busy",
        location="Room 3",
        categories=["Bookings"],
        booking_stamp="b-4711",
        is_response_requested=False,
        required_attendees=[Attendee(mailbox=Mailbox(email_address="guest@elsewhere.example", name="Guest"))],
    ).save()
    (found,) = anna.calendar.filter(booking_stamp="b-4711")
    assert (found.id, found.subject, found.booking_stamp) == (item.id, "Booked €", "b-4711")
    assert found.required_attendees[0].mailbox.email_address == "guest@elsewhere.example"
    assert "Hello" in found.body
    found.start, found.end = local(5, 12), local(5, 13)
    found.save(update_fields=["start", "end"])
    assert anna.calendar.get(id=item.id).start == local(5, 12)
    found.delete()
    with pytest.raises(ErrorItemNotFound):
        anna.calendar.get(id=item.id)


def test_an_all_day_event_stays_on_its_days(anna: Any) -> None:
    CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Fair",
        is_all_day=True,
        start=EWSDate(2026, 12, 26),
        end=EWSDate(2026, 12, 27),
    ).save()
    (shown,) = [
        item for item in anna.calendar.view(start=local(26, 1), end=local(26, 2)) if item.subject == "Fair"
    ]
    assert (shown.start, shown.end) == (EWSDate(2026, 12, 26), EWSDate(2026, 12, 27))


@pytest.mark.parametrize(
    "pattern",
    [
        DailyPattern(interval=2),
        WeeklyPattern(interval=1, weekdays=["Tuesday", "Thursday"], first_day_of_week="Monday"),
        AbsoluteMonthlyPattern(interval=1, day_of_month=31),
        RelativeMonthlyPattern(interval=1, weekday="Weekday", week_number="Last"),
        AbsoluteYearlyPattern(day_of_month=3, month="December"),
        RelativeYearlyPattern(weekday="Friday", week_number="First", month="December"),
    ],
    ids=lambda pattern: type(pattern).__name__,
)
def test_every_pattern_is_taken_and_given_back(anna: Any, pattern: Any) -> None:
    recurrence = Recurrence(pattern=pattern, start=EWSDate(2026, 12, 1), number=3)
    item = CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Series",
        start=local(1, 10),
        end=local(1, 11),
        recurrence=recurrence,
    ).save()
    master = anna.calendar.get(id=item.id)
    assert master.type == "RecurringMaster"
    assert master.recurrence.pattern == pattern
    assert master.recurrence.boundary.number == 3


def test_occurrences_are_changed_and_deleted(anna: Any) -> None:
    before = len(week(anna))
    master = CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Series",
        start=local(1, 18),
        end=local(1, 19),
        recurrence=Recurrence(pattern=DailyPattern(interval=1), start=EWSDate(2026, 12, 1), number=5),
    ).save()
    second = master.occurrence(index=2)
    second.refresh()
    second.subject, second.start, second.end = "Moved", local(2, 20), local(2, 21)
    second.save()
    master.occurrence(index=4).delete()
    shown = [item for item in week(anna) if item.subject in {"Series", "Moved"}]
    assert [(item.subject, item.start) for item in shown] == [
        ("Series", local(1, 18)),
        ("Moved", local(2, 20)),
        ("Series", local(3, 18)),
        ("Series", local(5, 18)),
    ]
    assert len(week(anna)) == before + 4
    whole = anna.calendar.get(id=master.id)
    assert [each.original_start for each in whole.modified_occurrences] == [local(2, 18)]
    assert [each.start for each in whole.deleted_occurrences] == [local(4, 18)]
    up = shown[1].recurring_master()
    up.refresh()
    assert (up.id, up.type) == (master.id, "RecurringMaster")


def test_synchronisation_tells_each_change_once(anna: Any) -> None:
    first = list(anna.calendar.sync_items(only_fields=["subject"]))
    assert {change for change, _ in first} == {"create"}
    item = CalendarItem(
        account=anna, folder=anna.calendar, subject="New", start=local(5, 10), end=local(5, 11)
    ).save()
    assert [(change, each.id) for change, each in anna.calendar.sync_items()] == [("create", item.id)]
    item.subject = "Newer"
    item.save()
    assert [change for change, _ in anna.calendar.sync_items()] == ["update"]
    item.delete()
    assert [change for change, _ in anna.calendar.sync_items()] == ["delete"]
    assert list(anna.calendar.sync_items()) == []


def test_folders_are_walked_with_their_rights(service: tuple[str, Recorder]) -> None:
    emil = account(service, "emil@contoso.example")
    calendars = {folder.name: folder for folder in emil.root.walk() if isinstance(folder, Calendar)}
    assert set(calendars) == {"Calendar", "Holidays"}
    assert calendars["Calendar"].effective_rights.create_contents
    assert not calendars["Holidays"].effective_rights.create_contents
    with pytest.raises(ErrorCreateItemAccessDenied):
        CalendarItem(
            account=emil, folder=calendars["Holidays"], subject="X", start=local(5, 10), end=local(5, 11)
        ).save()


def test_a_colleagues_calendar_is_read_and_not_written(service: tuple[str, Recorder]) -> None:
    emil = account(service, "emil@contoso.example")
    named = DistinguishedFolderId(id="calendar", mailbox=Mailbox(email_address="anna@contoso.example"))
    unresolved = Calendar(root=emil.root, _distinguished_id=named)
    (shared,) = FolderCollection(account=emil, folders=[unresolved]).get_folders()
    shown = list(shared.view(start=local(1, 0), end=local(8, 0)).only("start", "end", "subject"))
    subjects = {item.subject for item in shown}
    assert "Consultation" in subjects
    assert "Dinner with partners" not in subjects
    with pytest.raises(ErrorCreateItemAccessDenied):
        CalendarItem(account=emil, folder=shared, subject="X", start=local(5, 10), end=local(5, 11)).save()


def test_a_mailbox_that_is_not_there_is_reported(service: tuple[str, Recorder]) -> None:
    stranger = account(service, "anna@contoso.example", "nobody@contoso.example")
    with pytest.raises(ErrorNonExistentMailbox):
        _ = stranger.calendar.id


def test_a_mailbox_named_by_another_of_its_addresses_is_answered_with_the_main_one(
    service: tuple[str, Recorder],
) -> None:
    emil = account(service, "emil@contoso.example", "team@contoso.example")
    with pytest.raises(ErrorNonPrimarySmtpAddress, match="primary SMTP address must be specified"):
        emil.calendar.refresh()


def test_time_zones_are_read_with_their_rules(anna: Any) -> None:
    zones = {zone.id: zone.name for zone in anna.protocol.get_timezones()}
    assert zones["W. Europe Standard Time"] == "(UTC+01:00) Berlin"
    (full,) = anna.protocol.get_timezones(timezones=[BERLIN], return_full_timezone_data=True)
    standard, daylight, period = full.get_std_and_dst(for_year=NOW.year)
    assert (period.bias_in_minutes, daylight.bias) == (-60, -60)
    assert (standard.iso_month, daylight.iso_month) == (10, 3)


def test_every_answer_that_exchangelib_gets_is_valid(service: tuple[str, Recorder], anna: Any) -> None:
    validator = needed_validator()
    list(anna.calendar.all())
    week(anna)
    list(anna.root.walk())
    list(anna.inbox.all())
    answers = [reply for _, reply in service[1].exchanges]
    assert len(answers) > 5
    assert [validator.errors(reply) for reply in answers] == [[]] * len(answers)
