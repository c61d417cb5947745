"""Free and busy times, as far as each mailbox lets others see."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.rights import Level
from oncetui.simulator.properties.bias_zone import bias_zone_xml, read_bias_zone
from oncetui.simulator.soap.names import TYPES
from oncetui.simulator.world import Exchange

from .asking import Client, Reply, daily, share, small_world, timed

BERLIN_BIAS = (
    "<t:Bias>-60</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>03:00:00</t:Time><t:DayOrder>5</t:DayOrder>"
    "<t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>-60</t:Bias>"
    "<t:Time>02:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>"
    "</t:DaylightTime>"
)


def request(
    emails: tuple[str, ...],
    view: str = "Detailed",
    *,
    start: str = "2026-12-01T00:00:00",
    end: str = "2026-12-02T00:00:00",
    interval: int = 60,
    zone: str = BERLIN_BIAS,
) -> str:
    named = "".join(
        f"<t:MailboxData><t:Email><t:Address>{email}</t:Address></t:Email>"
        "<t:AttendeeType>Required</t:AttendeeType></t:MailboxData>"
        for email in emails
    )
    return (
        f"<m:GetUserAvailabilityRequest><t:TimeZone>{zone}</t:TimeZone>"
        f"<m:MailboxDataArray>{named}</m:MailboxDataArray>"
        f"<t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>{start}</t:StartTime><t:EndTime>{end}</t:EndTime>"
        f"</t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>{interval}</t:MergedFreeBusyIntervalInMinutes>"
        f"<t:RequestedView>{view}</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>"
    )


def available(client: Client, *emails: str, view: str = "Detailed") -> Reply:
    return client.ask(request(emails or (client.mailbox.email,), view))


def status(word: str) -> str:
    return f"<t:LegacyFreeBusyStatus>{word}</t:LegacyFreeBusyStatus>"


def test_ones_own_day_is_shown_with_details_in_local_time(anna: Client) -> None:
    anna.create(
        timed("Visit", "2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z", "<t:Location>Room 3</t:Location>")
    )
    reply = available(anna)
    assert (reply.one("StartTime"), reply.one("EndTime")) == ("2026-12-01T09:00:00", "2026-12-01T10:30:00")
    assert (reply.one("Subject"), reply.one("Location"), reply.one("BusyType")) == ("Visit", "Room 3", "Busy")
    assert reply.one("FreeBusyViewType") == "Detailed"


def test_a_day_by_a_time_zone_context_is_the_same(anna: Client) -> None:
    anna.create(timed("Visit", "2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z"))
    body = request((anna.mailbox.email,)).replace(f"<t:TimeZone>{BERLIN_BIAS}</t:TimeZone>", "")
    zone = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>'
    assert anna.ask(body, header=zone).one("StartTime") == "2026-12-01T09:00:00"


def test_the_merged_view_has_the_busiest_status_of_each_interval(anna: Client) -> None:
    times = ("2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z")
    for word in ("Free", "Tentative"):
        anna.create(timed(word, *times).replace("</t:End>", "</t:End>" + status(word)))
    late = ("2026-12-01T09:00:00Z", "2026-12-01T11:00:00Z")
    anna.create(timed("Away", *late).replace("</t:End>", "</t:End>" + status("OOF")))
    merged = available(anna, view="MergedOnly").one("MergedFreeBusy")
    assert merged == "000000000" + "1" + "33" + "0" * 12
    assert available(anna, view="FreeBusyMerged").one("MergedFreeBusy") == merged


def test_occurrences_are_shown_as_such(anna: Client) -> None:
    anna.create(timed("Series", "2026-11-30T08:00:00Z", "2026-11-30T09:00:00Z", daily("2026-11-30", 5)))
    reply = available(anna)
    assert (reply.one("IsRecurring"), reply.one("IsException")) == ("true", "false")


def test_what_ends_when_the_window_starts_is_not_in_it(anna: Client) -> None:
    anna.create(timed("Before", "2026-11-30T22:00:00Z", "2026-11-30T23:00:00Z"))
    assert available(anna).all("StartTime") == []


def test_working_hours_come_in_the_mailboxs_zone(anna: Client) -> None:
    reply = available(anna)
    assert reply.one("StartTimeInMinutes") == "480"
    assert "Monday Tuesday Wednesday Thursday Friday" in reply.all("DayOfWeek")
    assert reply.all("Bias") == ["-60", "0", "-60"]


@pytest.mark.parametrize(
    ("level", "view"),
    [
        ("FreeBusyTimeOnly", "FreeBusy"),
        ("FreeBusyTimeAndSubjectAndLocation", "Detailed"),
        ("Reviewer", "Detailed"),
        ("Editor", "Detailed"),
    ],
)
def test_a_colleague_sees_what_the_calendar_lets_him(
    exchange: Exchange, anna: Client, ben: Client, level: Level, view: str
) -> None:
    share(exchange, level)
    ben.create(timed("Visit", "2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z"))
    reply = available(anna, ben.mailbox.email)
    assert reply.one("FreeBusyViewType") == view
    assert reply.all("Subject") == (["Visit"] if view == "Detailed" else [])
    assert reply.one("BusyType") == "Busy"


def test_private_appointments_are_shown_without_their_subject(
    exchange: Exchange, anna: Client, ben: Client
) -> None:
    share(exchange, "Reviewer")
    ben.create(
        "<t:Subject>Doctor</t:Subject><t:Sensitivity>Private</t:Sensitivity>"
        "<t:Start>2026-12-01T08:00:00Z</t:Start><t:End>2026-12-01T09:00:00Z</t:End>"
    )
    reply = available(anna, ben.mailbox.email)
    assert (reply.one("IsPrivate"), reply.all("Subject")) == ("true", [])
    assert available(ben).all("Subject") == ["Doctor"]


def test_each_mailbox_has_its_own_answer(anna: Client) -> None:
    reply = available(anna, "anna@contoso.example", "ben@contoso.example", "x@contoso.example", "rubbish")
    assert reply.codes == [
        "NoError",
        "ErrorNoFreeBusyAccess",
        "ErrorMailRecipientNotFound",
        "ErrorInvalidSmtpAddress",
    ]
    assert reply.all("FreeBusyViewType") == ["Detailed", "None", "None", "None"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"end": "2026-11-30T00:00:00"}, "ErrorInvalidTimeInterval"),
        ({"end": "2027-03-01T00:00:00"}, "ErrorTimeIntervalTooBig"),
        ({"interval": 4}, "ErrorInvalidMergedFreeBusyInterval"),
        ({"view": "None"}, "ErrorInvalidFreeBusyViewType"),
        ({"view": "Everything"}, "ErrorSchemaValidation"),
        ({"emails": ()}, "ErrorIdentityArrayEmpty"),
        ({"emails": ("a@b.example",) * 101}, "ErrorIdentityArrayTooBig"),
    ],
)
def test_an_impossible_question_is_refused_as_a_whole(
    anna: Client, more: dict[str, object], code: str
) -> None:
    arguments = {"emails": ("anna@contoso.example",), **more}
    assert anna.fault(request(**arguments)) == code  # type: ignore[arg-type]  # made by hand


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(-30, 60), st.integers(1, 40), st.sampled_from("0123")), max_size=6),
    st.sampled_from([15, 30, 60, 45]),
)
def test_each_digit_is_the_highest_status_in_its_interval(
    plans: list[tuple[int, int, str]], minutes: int
) -> None:
    words = {"0": "Free", "1": "Tentative", "2": "Busy", "3": "OOF"}
    anna = Client(small_world())
    begin = datetime(2026, 12, 1, tzinfo=UTC)
    quarter = timedelta(minutes=15)
    for start, length, digit in plans:
        times = (begin + start * quarter, begin + (start + length) * quarter)
        fields = timed("Plan", *(moment.isoformat() for moment in times))
        anna.create(fields.replace("</t:End>", "</t:End>" + status(words[digit])))
    window = {"start": "2026-12-01T00:00:00Z", "end": "2026-12-01T12:00:00Z", "interval": minutes}
    merged = anna.ask(request((anna.mailbox.email,), "MergedOnly", **window)).one("MergedFreeBusy")  # type: ignore[arg-type]  # as above
    assert len(merged) == 12 * 60 // minutes
    for place, digit in enumerate(merged):
        first = place * minutes / 15
        last = first + minutes / 15
        here = [status_ for start, length, status_ in plans if start < last and start + length > first]
        assert digit == max(here, default="0")


@pytest.mark.parametrize(
    "name", ["W. Europe Standard Time", "Eastern Standard Time", "AUS Eastern Standard Time", "UTC"]
)
@settings(max_examples=30)
@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 - the zone is added
def test_a_zone_survives_its_form_with_bias(name: str, moment: datetime) -> None:
    zone = Zone.of_windows(name)
    xml = f'<TimeZone xmlns="{TYPES}">{bias_zone_xml(zone, 2026)}</TimeZone>'
    again = read_bias_zone(etree.fromstring(xml))
    aware = moment.replace(tzinfo=UTC)
    assert aware.astimezone(again.info).utcoffset() == aware.astimezone(zone.info).utcoffset()
