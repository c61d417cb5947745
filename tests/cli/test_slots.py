"""`slots` and `explain`: what can be booked, and why a time can or can't."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncetui.connector.horizon import horizon
from oncetui.model.calendars import BusyBlock, Showing
from oncetui.model.ports import Reading
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.profile import Profile
from oncetui.model.state import Faulted
from tests.cli.homes import CommandLine

BERLIN = ZoneInfo("Europe/Berlin")
IN_THREE_DAYS = datetime.now(BERLIN).date() + timedelta(days=3)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def at(clock: str) -> datetime:
    return datetime.combine(IN_THREE_DAYS, time.fromisoformat(clock), BERLIN).astimezone(UTC)


def fill(profile: Profile) -> None:
    """Open the page every day from 9 to 11, with an hour's event in three days."""
    day = ((time(9), time(11)),)
    (page,) = profile.pages.pages()
    profile.pages.save(replace(page, working_hours=(day,) * 7))
    now = profile.clock.now()
    blocks = (
        BusyBlock("i1", at("09:00"), at("10:00"), Showing.BUSY),
        BusyBlock("i2", at("00:00"), at("00:00") + timedelta(days=1), Showing.FREE),
    )
    reading = Reading((horizon(now),), blocks, "cursor", now)
    profile.busy.take_reading("c1", reading, profile.connection.load().generation)


@pytest.fixture
def filled(oncetui: CommandLine) -> CommandLine:
    oncetui.connect()
    oncetui.profile(fill)
    return oncetui


def test_slots_are_a_bare_list_of_starts_and_ends_in_utc(filled: CommandLine) -> None:
    slots = filled("slots", "intro", "--from", f"{IN_THREE_DAYS}", "--days", "1", "--json").told

    assert slots == [
        {"start": f"{at(start):%Y-%m-%dT%H:%M:%SZ}", "end": f"{at(end):%Y-%m-%dT%H:%M:%SZ}"}
        for start, end in (("10:00", "10:30"), ("10:30", "11:00"))
    ]


def test_without_a_date_the_coming_week_is_told(filled: CommandLine) -> None:
    slots = filled("slots", "Intro call", "--json").told

    assert 20 <= len(slots) <= 26
    assert all(MOMENT.fullmatch(slot[end]) for slot in slots for end in ("start", "end"))
    assert "10:00 10:30" in filled("slots", "intro").out


def test_a_closed_page_has_no_slots_and_says_why(filled: CommandLine) -> None:
    filled.fault(lambda it: Faulted(it.clock.now(), NO_ANSWER.problem(host="mail.contoso.example")))
    filled.fault(lambda it: Faulted(it.clock.now(), NO_ANSWER.problem(host="mail.contoso.example")))

    answer = filled("slots", "intro", "--json")

    assert (answer.code, answer.told) == (0, [])
    assert "Intro call is closed: The calendar can't be reached" in answer.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("slots", "intro", "--from", "tomorrow"), "“tomorrow” is no date; one is written 2026-11-25."),
        (("slots", "intro", "--days", "0"), "--days 7"),
        (("slots", "intro", "--days", "9" * 20), "--days 7"),
        (("slots", "nothing"), "there are: intro"),
        (("explain", "intro", "noon"), "one is written 2026-11-25T10:30"),
        (("explain", "intro", "2027-10-31T02:30"), "2027-10-31T02:30+02:00 or 2027-10-31T02:30+01:00"),
        (("explain", "intro", "2027-03-28T02:30"), "2027-03-28T03:30+02:00 or 2027-03-28T01:30+01:00"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(
    filled: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    answer = filled(*arguments)

    assert answer.code == 2
    assert says in answer.err
    assert answer.err.count("\n") == 1


def test_a_time_is_explained_by_each_rule_and_each_event(filled: CommandLine) -> None:
    told = filled("explain", "intro", f"{IN_THREE_DAYS}T09:30", "--json").told

    assert (told["free"], told["reason"]) == (False, "Calendar: shows Busy")
    assert [(one["status"], one["blocks"]) for one in told["events"]] == [("Free", False), ("Busy", True)]
    assert {one["rule"]: one["allows"] for one in told["rules"]} == {
        "working-hours": True,
        "start-times": True,
        "minimum-notice": True,
        "horizon": True,
    }


def test_a_free_time_is_said_to_be_free(filled: CommandLine) -> None:
    answer = filled("explain", "intro", f"{at('10:30'):%Y-%m-%dT%H:%MZ}")

    assert "10:30 (Europe/Berlin): free" in answer.out
    assert "marked Free: won't block" in answer.out


def test_a_page_that_consults_no_calendar_has_slots_too(oncetui: CommandLine) -> None:
    oncetui(
        "pages", "create", "Call", "--time-zone", "Asia/Kathmandu", "--notice", "0", "--hours", "Mon-Sun 0-24"
    )

    assert len(oncetui("slots", "call", "--days", "2", "--json").told) > 48
