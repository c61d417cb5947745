from dataclasses import replace

import pytest

from oncetui.connector.disconnecting import preview
from oncetui.model.calendars import FoundCalendar
from oncetui.model.problem import Cause
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.state import Disconnected, advance
from oncetui.model.status import Heartbeat, PageStatus
from oncetui.plain.calendars_text import calendars_text
from oncetui.plain.disconnect_text import preview_text
from oncetui.plain.pages_text import page_text
from oncetui.plain.status_text import status_text
from tests.connector.world import World

ZONE = "Europe/Berlin"


UNATTENDED = (
    "Connected to mail.contoso.example, but no connector runs: what is open closes at 10:15:00. "
    "To keep it open, run: oncetui run"
)


def text(world: World) -> list[str]:
    return status_text(world.status, ZONE).splitlines()


def test_connected_is_told_with_its_facts_and_pages() -> None:
    world = World().connected()
    world.step()
    world.clock.advance(40)

    assert text(world) == [
        UNATTENDED,
        "",
        "  Mailbox     anna@contoso.example",
        "  Server      Exchange",
        "  EWS URL     https://mail.contoso.example/EWS/Exchange.asmx",
        "  Sign-in     NTLM as anna@contoso.example",
        "  Password    in an encrypted file · In the memory of this test.",
        "  Sync        Real-time begins once a connector runs",
        "  Last check  10:00:00",
        "  Connector   none runs",
        "",
        "Booking pages",
        "  One  open  next free Mon 02 Mar 14:30",
        "  Two  open  next free Mon 02 Mar 14:30",
    ]


@pytest.mark.parametrize(
    ("cause", "sentence"),
    [
        (NO_ANSWER, "Interrupted since 10:00:00: mail.contoso.example can't be used."),
        (PASSWORD_CHANGED, "Failed since 10:00:00: the connection needs you."),
        (EWS_SWITCHED_OFF, "Failed since 10:00:00: the connection needs your IT support."),
    ],
)
def test_trouble_is_told_with_what_it_means_and_the_next_step(cause: Cause, sentence: str) -> None:
    world = World().connected().faulted(cause)

    lines = text(world)

    assert lines[0].startswith(f"{sentence} 2 booking pages are closed.")
    problem = world.record.problem
    assert problem is not None
    assert lines[2:5] == [problem.what, problem.why, problem.next]


def test_while_interrupted_the_next_try_is_told_with_its_number() -> None:
    world = World().connected().faulted(NO_ANSWER)
    now = world.clock.now()
    world.store.commands.beat(Heartbeat(1, now, now))

    assert "  Next check  10:00:04 · try 2" in text(world)


def test_disconnected_says_that_double_bookings_are_possible() -> None:
    world = World().connected()
    world.store.connection.change(lambda it: advance(it, Disconnected(world.clock.now())))
    world.store.settings.erase()

    assert "double bookings are possible" in text(world)[0]


def test_a_sign_in_under_way_is_told() -> None:
    world = World().connected()
    assert status_text(replace(world.status, attempt=True), ZONE).splitlines()[0].endswith("under way.")


def test_what_disconnect_takes_and_leaves_is_told_first() -> None:
    world = World().connected()
    told = preview(world.profile)
    assert told is not None

    assert preview_text(told).splitlines() == [
        "Disconnect anna@contoso.example:",
        "  Erased      0 busy times, 3 calendars, the sync state, address, server, the password in the file",
        "  Kept        2 booking pages and all bookings",
        "  0 bookings  stay in the calendar as ordinary events, no longer changed from here",
        "  Pages       open, and nobody checks the calendar: double bookings are possible",
        "Did the password change? Then run: oncetui reconnect",
    ]


def test_calendars_are_told_with_rights_and_the_pages_that_use_them() -> None:
    world = World().connected()
    world.store.busy.note_unreadable("c3", "gone", world.record.generation)

    assert calendars_text(world.store.busy.calendars(), world.store.pages.pages()).splitlines() == [
        "c1  Calendar    writable                             One (main), Two (main)",
        "c2  Private     writable",
        "c3  Team Sales  can't be read  team@contoso.example  Two",
    ]


def test_a_page_names_its_calendars_and_those_that_are_gone() -> None:
    world = World().connected()
    found = [FoundCalendar("k-own", "Calendar", writable=True, default=True)]
    world.store.busy.note_calendars(found, world.record.generation)
    known = {calendar.id: calendar for calendar in world.store.busy.calendars()}
    two: PageStatus = world.status.pages[1]

    lines = page_text(two, known).splitlines()

    assert "  Busy time from         Calendar (c1), c3 (gone)" in lines
    assert "  Working hours          Mon-Fri 09:00-17:00" in lines
