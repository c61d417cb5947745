"""Events from plain values, as the control address gives them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from oncetui.simulator.events import BadEventError, NoSuchEventError, add_event, change_event, delete_event
from oncetui.simulator.world import Exchange, Mailbox

from .asking import Client, get_item

TALK = {"subject": "Talk", "start": "2026-11-23T09:00:00Z", "end": "2026-11-23T10:00:00+00:00"}
WEEKS = ("2026-11-23T00:00:00Z", "2026-12-31T00:00:00Z")


@pytest.fixture
def anna(exchange: Exchange) -> Mailbox:
    return exchange.mailboxes["anna@contoso.example"]


def test_an_event_is_in_the_calendar_with_its_status(exchange: Exchange, anna: Mailbox) -> None:
    event = add_event(exchange, anna, {**TALK, "status": "OOF"})
    found = Client(exchange).get(event)
    assert (found.one("Subject"), found.one("LegacyFreeBusyStatus")) == ("Talk", "OOF")
    assert found.one("StartTimeZoneId") == "W. Europe Standard Time"


def test_datetimes_do_as_well_as_texts(exchange: Exchange, anna: Mailbox) -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    event = add_event(exchange, anna, {"subject": "Talk", "start": start, "end": start})
    assert Client(exchange).get(event).one("Start") == "2026-11-23T09:00:00Z"


def test_a_named_calendar_takes_the_event(exchange: Exchange) -> None:
    ben = exchange.mailboxes["ben@contoso.example"]
    add_event(exchange, ben, {**TALK, "calendar": "Team"})
    assert len(ben.folders.calendar.items) == 0
    assert len(ben.folders.calendar.children[0].items) == 1


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        ({"pattern": "daily", "count": 3}, [23, 24, 25]),
        ({"pattern": "daily", "interval": 2, "until": "2026-11-27"}, [23, 25, 27]),
        ({"pattern": "weekly", "days": ["Monday", "Wednesday"], "count": 3}, [23, 25, 30]),
        ({"pattern": "weekly", "count": 2}, [23, 30]),
        ({"pattern": "weekly", "interval": 2, "until": date(2026, 12, 8)}, [23, 7]),
    ],
)
def test_series_recur_as_they_say(
    exchange: Exchange, anna: Mailbox, recurrence: dict[str, Any], days: list[int]
) -> None:
    add_event(exchange, anna, {**TALK, "recurrence": recurrence})
    starts = Client(exchange).view(*WEEKS).all("Start")
    assert [int(start[8:10]) for start in starts] == days


def test_a_change_touches_what_it_names(exchange: Exchange, anna: Mailbox) -> None:
    event = add_event(exchange, anna, TALK)
    change_event(exchange, anna, event, {"end": "2026-11-23T11:00:00Z", "status": "Free"})
    found = Client(exchange).get(event)
    assert (found.one("Subject"), found.one("End")) == ("Talk", "2026-11-23T11:00:00Z")
    assert found.one("LegacyFreeBusyStatus") == "Free"


def test_a_recurrence_can_be_taken_away(exchange: Exchange, anna: Mailbox) -> None:
    event = add_event(exchange, anna, {**TALK, "recurrence": {"pattern": "daily", "count": 3}})
    change_event(exchange, anna, event, {"recurrence": None})
    assert Client(exchange).view(*WEEKS).ids == [event]


def test_one_occurrence_is_changed_and_deleted_by_its_own_id(exchange: Exchange, anna: Mailbox) -> None:
    event = add_event(exchange, anna, {**TALK, "recurrence": {"pattern": "daily", "count": 3}})
    client = Client(exchange)
    second, third = (
        client.ask(
            get_item(f'<t:OccurrenceItemId RecurringMasterId="{event}" InstanceIndex="{index}"/>')
        ).ids[0]
        for index in (2, 3)
    )
    change_event(exchange, anna, second, {"subject": "Other"})
    delete_event(exchange, anna, third)
    assert client.view(*WEEKS).all("Subject") == ["Talk", "Other"]


def test_a_deleted_event_is_gone(exchange: Exchange, anna: Mailbox) -> None:
    event = add_event(exchange, anna, TALK)
    delete_event(exchange, anna, event)
    with pytest.raises(NoSuchEventError):
        delete_event(exchange, anna, event)
    with pytest.raises(NoSuchEventError):
        change_event(exchange, anna, "rubbish", {})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"subject": None}, "An event needs 'subject'"),
        ({"subject": 5}, "'subject' is text"),
        ({"start": "tomorrow"}, "'start' is a time with its offset"),
        ({"start": "2026-11-23T09:00:00"}, "'start' is a time with its offset"),
        ({"end": "2026-11-22T09:00:00Z"}, "EndDate is earlier"),
        ({"status": "Away"}, "'status' is one of"),
        ({"calendar": "Nowhere"}, "has no calendar 'Nowhere'; it has 'Calendar'"),
        ({"colour": "red"}, "An event has no 'colour'"),
        ({"recurrence": "daily"}, "'recurrence' is an object"),
        ({"recurrence": {"pattern": "monthly"}}, '\'pattern\' is "daily" or "weekly"'),
        ({"recurrence": {"pattern": "weekly", "days": ["Mo"]}}, "'days' holds names"),
        ({"recurrence": {"pattern": "daily", "interval": 0}}, "'interval' is a whole number"),
        ({"recurrence": {"pattern": "daily", "count": True}}, "'count' is a whole number"),
        ({"recurrence": {"pattern": "daily", "count": 2, "until": "2026-12-01"}}, "not by both"),
        ({"recurrence": {"pattern": "daily", "until": "soon"}}, "'until' is a date"),
        ({"recurrence": {"pattern": "daily", "until": "2026-01-01"}}, "'until' lies before"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(
    exchange: Exchange, anna: Mailbox, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadEventError) as raised:
        add_event(exchange, anna, {**TALK, **change})
    assert sentence in str(raised.value)
    assert len(anna.folders.calendar.items) == 0
