"""Suggested meeting times."""

import pytest

from .asking import Client, Reply, share, small_world, timed

BUSY = ("2026-11-20T08:00:00Z", "2026-11-20T15:00:00Z")


@pytest.fixture
def anna() -> Client:
    exchange = small_world()
    share(exchange, "FreeBusyTimeOnly")
    return Client(exchange)


def suggested(client: Client, *options: str, exclude: str = "false") -> Reply:
    people = "".join(
        f"<t:MailboxData><t:Email><t:Address>{name}@contoso.example</t:Address></t:Email><t:AttendeeType>"
        f"Required</t:AttendeeType><t:ExcludeConflicts>{exclude}</t:ExcludeConflicts></t:MailboxData>"
        for name in ("anna", "ben")
    )
    return client.ask(
        "<m:GetUserAvailabilityRequest>"
        f"<m:MailboxDataArray>{people}</m:MailboxDataArray><t:SuggestionsViewOptions>{''.join(options)}"
        "<t:DetailedSuggestionsWindow><t:StartTime>2026-11-20T00:00:00</t:StartTime>"
        "<t:EndTime>2026-11-21T00:00:00</t:EndTime></t:DetailedSuggestionsWindow></t:SuggestionsViewOptions>"
        "</m:GetUserAvailabilityRequest>"
    )


def test_times_at_which_all_are_free_are_excellent(anna: Client) -> None:
    anna.create(timed("Tea", *BUSY))
    reply = suggested(anna, "<t:MaximumResultsByDay>2</t:MaximumResultsByDay>")
    assert reply.code == "NoError"
    assert reply.all("MeetingTime") == ["2026-11-20T15:00:00", "2026-11-20T15:30:00"]
    assert set(reply.all("SuggestionQuality")) == {"Excellent"}
    assert reply.one("DayQuality") == "Excellent"


def test_worse_times_are_told_where_they_are_wanted(anna: Client) -> None:
    anna.create(timed("Tea", "2026-11-20T07:00:00Z", "2026-11-20T18:00:00Z"))
    assert suggested(anna).all("MeetingTime") == []
    poor = suggested(anna, "<t:MinimumSuggestionQuality>Poor</t:MinimumSuggestionQuality>")
    assert set(poor.all("BusyType")) == {"Busy", "Free"}
    assert set(poor.all("SuggestionQuality")) == {"Poor"}


def test_times_of_whoever_must_come_are_left_out(anna: Client) -> None:
    anna.create(timed("Tea", "2026-11-20T07:00:00Z", "2026-11-20T18:00:00Z"))
    wanted = "<t:MinimumSuggestionQuality>Poor</t:MinimumSuggestionQuality>"
    assert suggested(anna, wanted, exclude="true").all("MeetingTime") == []


def test_a_meeting_of_no_length_is_refused(anna: Client) -> None:
    reply = suggested(anna, "<t:MeetingDurationInMinutes>0</t:MeetingDurationInMinutes>")
    assert reply.code == "ErrorInvalidTimeInterval"
