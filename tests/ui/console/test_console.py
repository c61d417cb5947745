"""The console on a terminal: what it draws in each state, when it paints, and what its keys do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SETTINGS_UNREADABLE
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import By, Faulted, State, Succeeded
from oncetui.ui.console.leave import LeaveScreen
from oncetui.ui.console.reconnect import ReconnectScreen
from oncetui.ui.services import DemoAction, DemoMailboxes
from tests.ui.console.examples import HOST, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text


def attempt(made: Office) -> Office:
    made.store.connection.begin_attempt(made.clock.now() + timedelta(seconds=90))
    return made


STATES: dict[str, Callable[[], Office]] = {
    "not-connected": lambda: office().come_to_noon(),
    "connected": lambda: office().connect().book(),
    "interrupted": lambda: office().connect().book().go_silent().pass_time(seconds=2),
    "failed-user": lambda: office().connect().change_password().pass_time(hours=4),
    "failed-it": lambda: office().connect().want_a_browser(),
    "disconnected": lambda: office().connect().book().disconnect(),
    "signing-in": lambda: attempt(office().connect().change_password()),
    "unattended": lambda: office().connect().forsake(),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("state", STATES)
async def test_each_state_is_drawn_as_stored(state: str, size: tuple[int, int]) -> None:
    async with opened(STATES[state](), size) as pilot:
        await drawn_as_stored(pilot, f"console-{state}")


async def test_what_did_not_change_is_not_painted() -> None:
    made = office().connect().book()
    async with opened(made) as pilot:
        console = console_of(pilot)
        assert console.paint(made.view()) == 0
        assert console.paint(made.pass_time(seconds=30).view()) == 0


async def test_a_check_repaints_the_two_lines_that_tell_its_time() -> None:
    made = office().connect().book()
    async with opened(made) as pilot:
        console = console_of(pilot)
        made.pass_time(seconds=60)
        made.note(Succeeded(made.clock.now(), By.CONNECTOR, "v1"), "")
        await until_text(pilot, "last check 12:04:41")
        assert console.paint(made.view()) == 0


async def test_the_console_follows_the_store_by_itself() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        made.change_password()
        await until_text(pilot, "needs you")
        made.note(Succeeded(made.clock.now(), By.PERSON, "v1"), "Connected.")
        await until_text(pilot, "✓ Connected to mail.contoso.example")
        made.go_silent()
        await until_text(pilot, "! No answer from mail.contoso.example")


async def test_an_outage_counts_down_without_anything_being_written() -> None:
    made = office().connect().go_silent()
    async with opened(made) as pilot:
        assert "try 4 in 5 s" in screen_text(pilot.app)
        made.pass_time(seconds=5)
        await until_text(pilot, "try 4 under way")


@pytest.mark.parametrize(
    ("made", "key", "answer"),
    [
        (lambda: office().come_to_noon(), "d", "Nothing to disconnect: no mailbox is connected."),
        (lambda: office().come_to_noon(), "c", "No calendars to choose from"),
        (lambda: office().come_to_noon(), "f", "Nothing to check"),
        (lambda: office().connect().change_password(), "f", "Press r to reconnect."),
        (lambda: office().connect().forsake(), "f", "No connector runs that could check."),
        (lambda: attempt(office().connect()), "r", "A sign-in is under way already"),
    ],
    ids=["nothing-to-disconnect", "no-calendars", "nothing-to-check", "refused", "nobody-checks", "attempt"],
)
async def test_a_key_that_cannot_act_answers_why(made: Callable[[], Office], key: str, answer: str) -> None:
    async with opened(made()) as pilot:
        await pilot.press(key)
        assert answer in screen_text(pilot.app)
        assert pilot.app.screen is console_of(pilot)


async def test_a_server_that_asked_for_a_wait_is_not_tried_before() -> None:
    made = office().connect()
    waits = Faulted(made.clock.now(), NO_ANSWER.problem(host=HOST), retry_after=300, secret_version="v1")
    made.note(waits, "No answer.")
    async with opened(made) as pilot:
        await pilot.press("r")
        assert "The server asked to be left alone until 12:08:41; it is tried then." in screen_text(pilot.app)
        assert made.opener.sign_ins == []


async def test_reconnect_while_interrupted_tries_at_once_and_asks_for_no_password() -> None:
    made = office().connect().go_silent()
    async with opened(made) as pilot:
        await pilot.press("r")
        await until_text(pilot, "Tried: it answers again.")
        assert made.opener.sign_ins == ["CONTOSO\\anna"]
        assert made.record.state is State.CONNECTED


async def test_a_try_that_fails_says_why_and_changes_nothing() -> None:
    made = office().connect().go_silent()
    made.profile.discovery.probes.clear()  # type: ignore[attr-defined]  # the fake's own attribute
    async with opened(made) as pilot:
        await pilot.press("r")
        await until_text(pilot, "Tried: No answer from mail.contoso.example.")
        assert made.record.state is State.INTERRUPTED


async def test_reconnect_without_a_connection_opens_the_wizard() -> None:
    async with opened(office().connect().disconnect()) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: pilot.app.current_mode == "setup")


async def test_a_check_asks_the_running_connector_and_tells_when_it_is_done() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await pilot.press("f")
        await until_text(pilot, "Checking now…")
        await until(pilot, lambda: made.store.commands.waiting(made.clock.now()))
        asked = made.store.commands.waiting(made.clock.now())
        made.pass_time(seconds=1)
        made.note(Succeeded(made.clock.now(), By.CONNECTOR, "v1"), "")
        made.store.commands.answered(asked)
        await until_text(pilot, "Checked at 12:03:42.")


async def test_a_check_that_fails_points_to_the_first_line() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await pilot.press("f")
        made.go_silent(tries=0)
        await until_text(pilot, "The check failed; the first line tells how things stand.")
        made.note(Succeeded(made.clock.now(), By.CONNECTOR, "v1"), "")
        made.go_silent()
        await until(pilot, lambda: "The check failed" not in screen_text(pilot.app))


async def test_a_profile_that_nobody_runs_is_run_by_the_console() -> None:
    made = office(alone=True).connect()
    async with opened(made) as pilot:
        await until_text(pilot, "inside this console")
    assert made.store.lock.take() is not None
    assert made.store.commands.heartbeat() is None


async def test_quitting_a_console_that_keeps_the_connection_says_what_that_means() -> None:
    made = office(alone=True).connect()
    async with opened(made) as pilot:
        await until_text(pilot, "✓ Connected")
        await until_text(pilot, "is asked every 60 s")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, LeaveScreen))
        await pilot.pause()
        await drawn_as_stored(pilot, "console-leave")
        await pilot.press("escape")
        assert pilot.app.screen is console_of(pilot)
        await pilot.press("q", "enter")
        await until(pilot, lambda: pilot.app.return_code == 0 and not pilot.app.is_running)


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_the_first_ctrl_key_asks_like_q_and_the_second_quits(key: str) -> None:
    made = office(alone=True).connect()
    async with opened(made) as pilot:
        await until_text(pilot, "inside this console")
        await pilot.press("r", key)
        await until(pilot, lambda: isinstance(pilot.app.screen, LeaveScreen))
        await pilot.press(key)
        await until(pilot, lambda: pilot.app.return_code == 0 and not pilot.app.is_running)


async def test_quitting_during_an_outage_says_that_nobody_tries_any_more() -> None:
    made = office(alone=True).connect().go_silent()
    made.opener.unreachable = ProblemError(NO_ANSWER.problem(host=HOST))
    async with opened(made) as pilot:
        await until_text(pilot, "inside this console")
        await pilot.press("q")
        await until_text(pilot, "This console keeps trying to connect.")
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running)


async def test_quitting_a_console_that_only_watches_asks_nothing() -> None:
    async with opened(office().connect()) as pilot:
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running)


async def test_the_palette_offers_the_keys_and_the_demos_actions() -> None:
    told: list[str] = []

    def break_it() -> str:
        told.append("broken")
        return "The password is changed."

    demo = DemoMailboxes((), (DemoAction("change the password", "The server takes another one.", break_it),))
    async with opened(office().connect(), demo=demo) as pilot:
        await pilot.press("ctrl+p")
        await until_text(pilot, "Disconnect; first it says what that erases")
        await pilot.press(*"change")
        await until_text(pilot, "Demo: change the password")
        await pilot.press("enter")
        await until_text(pilot, "The password is changed.")
        assert not pilot.app._notifications
        await pilot.press("r")
        await until_text(pilot, "Demo: The password is changed.")
    assert told == ["broken"]


async def test_the_demo_asks_nothing_before_it_quits() -> None:
    async with opened(office(alone=True).connect(), demo=DemoMailboxes(())) as pilot:
        await until_text(pilot, "inside this console")
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running)


async def test_settings_that_cannot_be_read_are_told_until_they_can() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        made.store.settings.unreadable = SETTINGS_UNREADABLE.problem(path="default.toml", reason="line 3")
        made.go_silent()
        await until_text(pilot, "default.toml can't be read: line 3")
        made.store.settings.unreadable = None
        made.beat()
        await until_text(pilot, "anna@contoso.example")


async def test_reconnect_opens_from_a_working_connection_too() -> None:
    async with opened(office().connect()) as pilot:
        await pilot.press("r")
        assert isinstance(pilot.app.screen, ReconnectScreen)


async def test_good_news_does_not_outlive_the_connection() -> None:
    made = office().connect().go_silent()
    async with opened(made) as pilot:
        await pilot.press("r")
        await until_text(pilot, "Tried: it answers again.")
        await until_text(pilot, "✓ Connected")
        made.go_silent()
        await until_text(pilot, "! No answer")
        assert "it answers again" not in screen_text(pilot.app)
