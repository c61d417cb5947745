"""Items come and go as MIME: appointments as iCalendar, messages as mail."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.mime.rules import UnsupportedRuleError, read_rule, rule_of

from .asking import Client, daily, set_field, small_world, timed
from .series_of_all_kinds import PATTERNS, STARTS


def content(client: Client, identifier: str) -> str:
    shape = "<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"
    reply = client.ask(
        f'<m:GetItem><m:ItemShape>{shape}</m:ItemShape><m:ItemIds><t:ItemId Id="{identifier}"/></m:ItemIds>'
        "</m:GetItem>"
    )
    assert reply.code == "NoError"
    return base64.b64decode(reply.one("MimeContent")).decode()


def mime(text: str) -> str:
    return f'<t:MimeContent CharacterSet="UTF-8">{base64.b64encode(text.encode()).decode()}</t:MimeContent>'


def calendar(*lines: str) -> str:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT")
    return "\r\n".join((*head, *lines, "END:VEVENT", "END:VCALENDAR", ""))


def refused(client: Client, element: str) -> str:
    return client.ask(
        f'<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>{element}'
        "</t:CalendarItem></m:Items></m:CreateItem>"
    ).code


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_appointment_is_given_as_icalendar(anna: Client) -> None:
    fields = timed("Lunch, with; Ben", "2026-12-01T11:00:00Z", "2026-12-01T12:00:00Z")
    zone = '<t:StartTimeZone Id="W. Europe Standard Time"/>'
    identifier = anna.create(fields + "<t:Location>Room 3</t:Location>" + zone)
    lines = unfolded(content(anna, identifier))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:Lunch\\, with\\; Ben" in lines
    assert 'DTSTART;TZID="W. Europe Standard Time":20261201T120000' in lines
    assert {"TZID:W. Europe Standard Time", "TZOFFSETTO:+0100", "LOCATION:Room 3"} <= set(lines)
    assert f"UID:{anna.get(identifier).one('UID')}" in lines


def test_lines_are_folded_within_75_octets(anna: Client) -> None:
    identifier = anna.create(timed("Ä" * 200, "2026-12-01T11:00:00Z", "2026-12-01T12:00:00Z"))
    text = content(anna, identifier)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:{'Ä' * 200}" in unfolded(text)


def test_an_all_day_event_is_given_by_its_dates(anna: Client) -> None:
    zone = '<t:StartTimeZone Id="W. Europe Standard Time"/>'
    fields = timed("Fair", "2026-12-01T23:00:00Z", "2026-12-03T23:00:00Z")
    identifier = anna.create(fields + "<t:IsAllDayEvent>true</t:IsAllDayEvent>" + zone)
    lines = unfolded(content(anna, identifier))
    assert {"DTSTART;VALUE=DATE:20261202", "DTEND;VALUE=DATE:20261204"} <= set(lines)


def test_a_series_goes_to_another_mailbox_with_its_exceptions(anna: Client, ben: Client) -> None:
    fields = timed("Series", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", daily("2026-12-01", 5))
    series = anna.create(fields)
    anna.delete(f'<t:OccurrenceItemId RecurringMasterId="{series}" InstanceIndex="2"/>')
    window = ("2026-12-01T00:00:00Z", "2026-12-10T00:00:00Z")
    third = anna.view(*window).ids[1]
    moved = set_field("calendar:Start", "<t:Start>2026-12-03T13:00:00Z</t:Start>")
    moved += set_field("calendar:End", "<t:End>2026-12-03T14:00:00Z</t:End>")
    moved += set_field("item:Subject", "<t:Subject>Moved</t:Subject>")
    assert anna.update(third, moved).code == "NoError"
    ben.create(mime(content(anna, series)))
    theirs, ours = ben.view(*window), anna.view(*window)
    for tag in ("Start", "End", "Subject", "CalendarItemType"):
        assert theirs.all(tag) == ours.all(tag)
    assert "Moved" in theirs.all("Subject")


def test_an_occurrence_is_given_without_the_rule(anna: Client) -> None:
    anna.create(timed("Series", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", daily("2026-12-01", 5)))
    occurrence = anna.view("2026-12-02T00:00:00Z", "2026-12-03T00:00:00Z").ids[0]
    lines = unfolded(content(anna, occurrence))
    assert not [line for line in lines if line.startswith("RRULE") and "INTERVAL=1;BYDAY" not in line]
    assert 'RECURRENCE-ID;TZID="W. Europe Standard Time":20261202T100000' in lines


def test_attendees_and_status_come_along(anna: Client) -> None:
    text = calendar(
        "UID:abc",
        "SUMMARY:Plan",
        "DTSTART;TZID=Europe/Berlin:20261201T100000",
        "DURATION:PT45M",
        'ATTENDEE;ROLE=OPT-PARTICIPANT;CN="Guest: One":MAILTO:guest@elsewhere.example',
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "DESCRIPTION:First\\nSecond\\, third",
    )
    item = anna.get(anna.create(mime(text)))
    assert (item.one("Start"), item.one("End")) == ("2026-12-01T09:00:00Z", "2026-12-01T09:45:00Z")
    assert (item.one("LegacyFreeBusyStatus"), item.one("Sensitivity")) == ("Free", "Private")
    assert next(iter(item.root.iter("{*}OptionalAttendees"))).findtext(".//{*}Name") == "Guest: One"
    assert "Second, third" in item.one("Body")
    assert item.one("UID") == "abc"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing", "ErrorMimeContentInvalid"),
        (calendar("SUMMARY:No start"), "ErrorMimeContentInvalid"),
        (calendar("DTSTART:2026"), "ErrorMimeContentInvalid"),
        (calendar("DTSTART:20261201T100000Z", "RRULE:FREQ=HOURLY"), "ErrorMimeContentInvalid"),
        (calendar("DTSTART;TZID=Nowhere:20261201T100000"), "ErrorCalendarInvalidTimeZone"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261201T100000Z\r\n", "ErrorMimeContentInvalid"),
        (
            calendar("DTSTART:20261201T100000Z", "DTEND:20261201T090000Z"),
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
    ],
)
def test_a_calendar_that_is_none_is_refused(anna: Client, text: str, code: str) -> None:
    assert refused(anna, mime(text)) == code


def test_bytes_that_are_no_base64_are_refused(anna: Client) -> None:
    assert refused(anna, "<t:MimeContent>%%%</t:MimeContent>") == "ErrorMimeContentInvalidBase64String"


def test_a_message_comes_and_goes_as_mail(anna: Client) -> None:
    text = (
        'From: Anna <anna@contoso.example>\r\nTo: "Ben" <ben@contoso.example>\r\n'
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag\r\n"
    )
    reply = anna.ask(
        f'<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message>{mime(text)}</t:Message></m:Items>'
        "</m:CreateItem>"
    )
    item = anna.get(reply.ids[0])
    assert (item.one("Subject"), item.one("DisplayTo")) == ("Grüße", "Ben")
    again = content(anna, reply.ids[0])
    assert "ben@contoso.example" in again
    assert "Subject: =?utf-8?" in again


@settings(max_examples=150, deadline=None)
@given(PATTERNS, STARTS, st.one_of(st.none(), st.integers(1, 99)), st.integers(0, 3000))
def test_a_rule_read_again_has_the_same_days(
    pattern: object, start: object, count: int | None, away: int
) -> None:
    recurrence = Recurrence(pattern, start, count=count)  # type: ignore[arg-type]  # made by strategies
    again = read_rule(rule_of(recurrence, None), recurrence.start)
    first = recurrence.start + timedelta(days=away)
    window = (first, first + timedelta(days=800))
    assert list(again.dates(*window)) == list(recurrence.dates(*window))


def test_a_rule_ends_with_its_last_occurrence() -> None:
    recurrence = read_rule("FREQ=DAILY;UNTIL=20261205T090000Z", datetime(2026, 12, 1, tzinfo=UTC).date())
    assert (recurrence.last_date or recurrence.start).day == 5


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
    ],
)
def test_a_rule_that_no_calendar_takes_is_refused(rule: str) -> None:
    with pytest.raises(UnsupportedRuleError):
        read_rule(rule, datetime(2026, 12, 1, tzinfo=UTC).date())


WHOLE = calendar(
    "UID:abc",
    "SUMMARY:Plan",
    "DTSTART;TZID=Europe/Berlin:20261201T100000",
    "DTEND;TZID=Europe/Berlin:20261201T110000",
    "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5",
    "EXDATE;TZID=Europe/Berlin:20261208T100000",
    "ATTENDEE;CN=Guest:mailto:guest@elsewhere.example",
).split("\r\n")
RUBBISH = st.sampled_from(
    [
        "",
        ":",
        "DTSTART:99999999T999999",
        "DTEND:00010101",
        "RRULE:FREQ=YEARLY;BYMONTH=13",
        "BEGIN:VEVENT",
        "END:X",
        "DURATION:P",
        "EXDATE:x",
        "RECURRENCE-ID:20261215T090000Z",
        "DTSTART;TZID=:20261201T100000",
        'A;B="C:D',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 15), RUBBISH, st.booleans()), min_size=1, max_size=4))
def test_a_damaged_calendar_is_taken_or_refused_and_never_breaks_the_server(
    damages: list[tuple[int, str, bool]],
) -> None:
    lines = list(WHOLE)
    for place, rubbish, replaces in damages:
        at = place % len(lines)
        lines[at : at + replaces] = [rubbish]
    code = refused(Client(small_world()), mime("\r\n".join(lines)))
    assert code == "NoError" or code.startswith("Error")
