"""Bookings through real processes, seen in Exchange by exchangelib alone."""

import collections
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from oncetui.connector.availability import Known, days_from
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.event_texts import EventTexts
from oncetui.model.pages import BookingPage
from oncetui.simulator import start
from tests.cli.ended import Ended
from tests.e2e.outlook import Outlook, outlook
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"
BEN = "ben@fabrikam.example"
NEW_PASSWORD = "Changed-Larch-5"
HALF, HOUR = timedelta(minutes=30), timedelta(hours=1)
ALWAYS = ((datetime.min.time(), datetime.min.time()),)

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        yield connected_desk(tmp_path, Server(simulator.ready))


@pytest.fixture
def annas(program: Program, tmp_path: Path) -> Iterator[Outlook]:
    with outlook(program.server, ANNA, tmp_path) as opened:
        yield opened


def connected_desk(folder: Path, server: Server) -> Program:
    """Return a connected profile with a page `desk`: main Calendar, additional Private."""
    made = Program(folder, server)
    connect(made)
    page = BookingPage.named("Desk", 30, "UTC")
    with made.opened() as profile:
        profile.pages.save(replace(page, working_hours=(ALWAYS,) * 7, minimum_notice_minutes=0))
    associate(made)
    return made


def connect(program: Program) -> None:
    password = program.server.mailbox(ANNA)["password"]
    done = program("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", typed=f"{password}\n")
    assert (done.code, done.told["state"]) == (0, "connected"), done


def associate(program: Program) -> None:
    with program.opened() as profile:
        ids = {calendar.name: calendar.id for calendar in profile.busy.calendars()}
        profile.pages.associate("desk", AssociatedCalendars(ids["Calendar"], frozenset({ids["Private"]})))


def free_times(program: Program, number: int) -> list[datetime]:
    """Return times that are free on the page, none of which comes before the test has ended."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    with program.opened() as profile:
        known = Known.of(profile)
        (page,) = (page for page in known.pages if page.id == "desk")
        return [slot.start for slot in islice(known.slots(page, days_from(tomorrow, 20)), number)]


def book(program: Program, time: datetime, email: str = "dana@customer.example") -> Ended:
    return program("book", "desk", time.isoformat(), "--name=Dana Reyes", f"--email={email}", "--json")


def booked(program: Program, time: datetime, email: str = "dana@customer.example") -> str:
    done = book(program, time, email)
    assert (done.code, done.told["status"]) == (0, "scheduled"), done
    return str(done.told["id"])


def states(program: Program, booking: str) -> list[str]:
    with program.opened() as profile:
        known = profile.bookings.booking(booking)
    return [] if known is None else [str(link.state) for link in known.events]


def in_both(*times: datetime) -> dict[str, list[str]]:
    return {name: [time.isoformat() for time in times] for name in ("Calendar", "Private")}


def test_a_booking_moves_in_exchange_as_on_the_page_and_what_outlook_moves_is_settled_both_ways(
    program: Program, annas: Outlook
) -> None:
    first, second, third = free_times(program, 6)[::2]
    with program.running():
        booking = booked(program, first)
        assert annas.starts(booking) == in_both(first)
        again = book(program, first)
        assert (again.code, again.told["problem"]["who"]) == (4, "user")

        moved = program("activity", "reschedule", booking, second.isoformat(), "--json")
        assert (moved.code, moved.told["status"]) == (0, "rescheduled")
        assert annas.starts(booking) == in_both(second)

        for settle, ends_at in (("follow", third), ("restore", third)):
            main = next(event for event in annas.events(booking) if event["calendar"] == "Calendar")
            by = third - second if settle == "follow" else timedelta(days=40)
            annas.move(main, by)
            assert program("refresh").code == 0
            assert states(program, booking) == ["changed-in-calendar", "written"]
            assert program("activity", settle, booking).code == 0
            assert annas.starts(booking) == in_both(ends_at)

        assert program("activity", "cancel", booking, "--json").told["status"] == "canceled"
        assert annas.events(booking) == []


def test_a_changed_password_closes_the_page_and_reconnect_opens_it(program: Program) -> None:
    server = program.server
    time, later = free_times(program, 2)
    server.change_password(ANNA, NEW_PASSWORD)

    for refused in (book(program, time), book(program, later)):
        assert (refused.code, refused.told["problem"]["code"]) == (4, "page-closed"), refused
        assert refused.told["problem"]["what"].startswith("Desk is closed: ")
    assert server.refused(ANNA) == 1

    again = program("reconnect", "--password-stdin", "--json", typed=f"{NEW_PASSWORD}\n")
    assert (again.code, again.told["state"]) == (0, "connected"), again
    booked(program, time)


def test_connected_again_coming_bookings_are_adopted_and_can_be_cancelled(
    program: Program, annas: Outlook
) -> None:
    (time,) = free_times(program, 1)
    booking = booked(program, time)
    counted = program("disconnect", "--dry-run", "--json").told["erases"]
    assert counted["booking_links"] == 1
    assert program("disconnect", "--yes").code == 0
    assert annas.starts(booking) == in_both(time)

    connect(program)
    assert program("refresh").code == 0

    # The calendars of the page are for a person to choose anew; what is booked doesn't wait for that.
    assert states(program, booking) == ["written", "written"]
    assert program("activity", "cancel", booking).code == 0
    assert annas.events(booking) == []
    associate(program)
    assert booked(program, time) != booking


def test_an_invited_customer_gets_invitation_change_and_cancellation_from_exchange(
    program: Program, annas: Outlook, tmp_path: Path
) -> None:
    with program.opened() as profile:
        (page,) = (page for page in profile.pages.pages() if page.id == "desk")
        profile.pages.save(replace(page, event_texts=EventTexts(invite_customer=True)))
    first, second = free_times(program, 2)
    with outlook(program.server, BEN, tmp_path) as bens:
        booking = booked(program, first, BEN)
        main, copy = sorted(annas.events(booking), key=lambda event: event["calendar"] != "Calendar")
        assert (main["attendees"], copy["attendees"]) == ([BEN], [])
        assert program("activity", "reschedule", booking, second.isoformat()).code == 0
        assert program("activity", "cancel", booking).code == 0

        kinds = [message["kind"] for message in bens.look()["inbox"]]
    assert kinds == ["MeetingRequest", "MeetingRequest", "MeetingCancellation"]


def race(program: Program, annas: Outlook, processes: int, slots: int) -> None:
    """Let processes want the same times at once: each time is had once, and all others are told so."""
    times = free_times(program, slots)
    started = [
        program.start(
            "book",
            "desk",
            times[number % slots].isoformat(),
            f"--name=Customer {number}",
            f"--email=c{number}@customer.example",
            "--json",
        )
        for number in range(processes)
    ]
    ended = []
    for process in started:
        out, err = process.communicate(timeout=200)
        ended.append(Ended(process.returncode, out, err))

    codes = collections.Counter(one.code for one in ended)
    assert codes == {0: slots, 4: processes - slots}, [one for one in ended if one.code not in (0, 4)]
    won = {one.told["id"]: one.told["start"] for one in ended if one.code == 0}
    assert sorted(won.values()) == [time.strftime("%Y-%m-%dT%H:%M:%SZ") for time in times]
    reasons = {one.told["problem"]["code"] for one in ended if one.code == 4}
    assert reasons <= {"time-taken", "time-not-bookable"}
    seen: dict[str, list[str]] = collections.defaultdict(list)
    for event in annas.look()["events"]:
        seen[event["calendar"]].append(_booking_of(event))
    assert seen.keys() == {"Calendar", "Private"}
    for bookings in seen.values():
        assert sorted(bookings) == sorted(won)


def _booking_of(event: dict[str, Any]) -> str:
    return str(event["stamp"].split("|")[3])


@pytest.mark.parametrize("beside", [True, False], ids=["beside run", "alone"])
def test_processes_that_book_the_same_times_at_once_get_each_of_them_once(
    program: Program, annas: Outlook, *, beside: bool
) -> None:
    with program.running() if beside else contextlib.nullcontext():
        race(program, annas, processes=8, slots=3)


@pytest.mark.soak
@pytest.mark.parametrize("beside", [True, False], ids=["beside run", "alone"])
def test_fifty_processes_that_book_twenty_times_at_once_get_each_of_them_once(
    program: Program, annas: Outlook, *, beside: bool
) -> None:
    with program.running() if beside else contextlib.nullcontext():
        race(program, annas, processes=50, slots=20)
