"""Reconnect: a sign-in for each Enter, everything typed stays, and nothing changes until it works."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import pytest
from textual.pilot import Pilot

from oncetui.model.connection import Scheme
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.sign_in import PASSWORD_REFUSED, USER_NAME_FORM
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.model.state import State
from oncetui.ui.console.reconnect import ReconnectScreen
from oncetui.ui.widgets.field import Field
from tests.fakes.exchange import FakeDiscovery, Gate
from tests.ui.console.examples import EWS_URL, NEW, RIGHT, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
OTHER_URL = "https://owa.contoso.example/EWS/Exchange.asmx"


@asynccontextmanager
async def asked(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))
        yield pilot


def field(pilot: Pilot[Any], name: str) -> Field:
    return pilot.app.screen.query_one(f"#{name}", Field)


def refused() -> Office:
    return office().connect().change_password()


@SIZES
async def test_only_the_password_is_asked_and_the_reason_stands_above_it(size: tuple[int, int]) -> None:
    async with asked(refused(), size) as pilot:
        assert not field(pilot, "ews_url").display
        assert not field(pilot, "username").display
        assert pilot.app.focused is field(pilot, "password").input
        await drawn_as_stored(pilot, "console-reconnect-password")


async def test_the_new_password_opens_the_pages_and_takes_the_place_of_the_old_one() -> None:
    made = refused()
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
        await until_text(pilot, "✓ Connected to mail.contoso.example")
        assert "Connected again." in screen_text(pilot.app)
    assert made.secrets.secret == Secret(NEW)
    assert all(page.accepting for page in made.status.pages)


@SIZES
async def test_a_wrong_password_costs_one_sign_in_and_leaves_everything_as_it_was(
    size: tuple[int, int],
) -> None:
    made = refused()
    async with asked(made, size) as pilot:
        field(pilot, "password").input.value = "mistyped"
        await pilot.press("enter")
        await until_text(pilot, "The server refuses the password for CONTOSO\\anna.")
        assert field(pilot, "password").secret_input.secret == Secret("mistyped")
        await until_text(pilot, "One refused sign-in lately")
        await drawn_as_stored(pilot, "console-reconnect-refused")
    assert made.opener.refused == 1
    assert made.secrets.secret == Secret(RIGHT)
    assert made.record.state is State.FAILED_USER


async def test_esc_gives_up_a_sign_in_at_once_and_a_second_esc_goes_back() -> None:
    made = refused()
    made.opener.gate.shut()
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until(pilot, made.opener.gate.arrived.is_set)
        await until_text(pilot, "Signing in to mail.contoso.example as CONTOSO\\anna…")
        await pilot.press("escape")
        await until_text(pilot, "Cancelled; nothing was changed.")
        assert field(pilot, "password").secret_input.secret == Secret(NEW)
        await pilot.press("escape")
        assert pilot.app.screen is console_of(pilot)
    assert made.opener.sign_ins == []
    assert made.secrets.secret == Secret(RIGHT)


async def test_enter_during_a_sign_in_starts_no_second_one() -> None:
    made = refused()
    made.opener.gate.shut()
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until(pilot, made.opener.gate.arrived.is_set)
        await pilot.press("enter")
        assert "One sign-in at a time" in screen_text(pilot.app)
        made.opener.gate.open()
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert len(made.opener.sign_ins) == 1


@SIZES
async def test_ctrl_e_reveals_address_and_user_name_as_they_are_kept(size: tuple[int, int]) -> None:
    async with asked(refused(), size) as pilot:
        await pilot.press("ctrl+e")
        assert field(pilot, "ews_url").value == EWS_URL
        assert field(pilot, "username").value == "CONTOSO\\anna"
        assert pilot.app.focused is field(pilot, "ews_url").input
        await drawn_as_stored(pilot, "console-reconnect-revealed")


async def test_an_address_of_any_spelling_is_completed_and_used() -> None:
    made = refused()
    discovery = made.profile.discovery
    assert isinstance(discovery, FakeDiscovery)
    discovery.knows(ServerProbe(OTHER_URL, 401, schemes=(Scheme.NTLM,)))
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("ctrl+e")
        field(pilot, "ews_url").value = "owa.contoso.example/owa"
        await pilot.press("tab")
        assert f"→ {OTHER_URL}" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    settings = made.store.settings.load()
    assert settings is not None
    assert settings.ews_url == OTHER_URL
    assert settings.sign_in.username == "CONTOSO\\anna"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("username", "contoso/anna", "Use one backslash between domain and name: contoso\\anna"),
        ("ews_url", "anna@contoso.example", "That is an email address; the server's address looks like"),
        ("ews_url", "", "Please enter the server's address, such as"),
    ],
    ids=["slash", "email", "empty"],
)
async def test_what_cannot_be_right_is_told_and_not_sent(name: str, typed: str, sentence: str) -> None:
    made = refused()
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("ctrl+e")
        field(pilot, name).value = typed
        await pilot.press("enter")
        await until_text(pilot, sentence)
        assert field(pilot, name).value == typed
        assert pilot.app.focused is field(pilot, name).input
    assert made.opener.sign_ins == []


async def test_a_refused_password_is_not_sent_again_by_an_empty_field() -> None:
    made = refused()
    async with asked(made) as pilot:
        await pilot.press("enter")
        assert "Please enter the password; the kept one was refused." in screen_text(pilot.app)
    assert made.opener.sign_ins == []


async def test_a_working_connection_may_be_signed_in_anew_with_the_kept_password() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        assert "leave it empty to sign in with the kept one" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.opener.sign_ins == ["CONTOSO\\anna"]


async def test_a_disconnect_elsewhere_meanwhile_ends_in_a_sentence() -> None:
    made = refused()
    async with asked(made) as pilot:
        made.disconnect()
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until_text(pilot, "There is no connection to reconnect")


async def test_the_password_shows_only_while_it_is_asked_to() -> None:
    async with asked(refused()) as pilot:
        field(pilot, "password").input.value = "visible?"
        await pilot.pause()
        assert "visible?" not in screen_text(pilot.app)
        await pilot.press("ctrl+r")
        assert "visible?" in screen_text(pilot.app)
        await pilot.press("ctrl+r")
        assert "visible?" not in screen_text(pilot.app)


async def test_near_a_lock_out_the_line_stands_there_from_the_start_and_enter_is_asked_for_twice() -> None:
    made = refused()
    note_refusals(made, 2)
    async with asked(made) as pilot:
        await until_text(pilot, "2 refused sign-ins lately; one more could lock the account.")
        assert "at 12:33." in screen_text(pilot.app)
        field(pilot, "password").input.value = "mistyped"
        await pilot.press("enter")
        await until_text(pilot, "Enter sends it now.")
        assert made.opener.sign_ins == []
        await drawn_as_stored(pilot, "console-reconnect-lock-out")
        await pilot.press("enter")
        await until_text(pilot, "3 refused sign-ins lately")
    assert made.opener.refused == 1


async def test_a_password_refused_before_is_sent_again_by_a_key_of_its_own_only() -> None:
    made = refused()
    async with asked(made) as pilot:
        assert "send it again" not in screen_text(pilot.app)
        field(pilot, "password").input.value = "mistyped"
        await pilot.press("enter")
        await until_text(pilot, "The server refuses the password for CONTOSO\\anna.")
        assert "send it again" not in screen_text(pilot.app)
        await pilot.press("enter")
        await until_text(pilot, "ctrl+o send it again")
        await until_text(pilot, "One refused sign-in lately")
        await drawn_as_stored(pilot, "console-reconnect-held-back")
        assert made.opener.refused == 1
        made.opener.accepts = {("CONTOSO\\anna", "mistyped")}
        await pilot.press("ctrl+o")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.secrets.secret == Secret("mistyped")


async def test_near_a_lock_out_the_key_that_sends_it_again_asks_for_no_second_one() -> None:
    made = refused()
    note_refusals(made, 2)
    async with asked(made) as pilot:
        field(pilot, "password").input.value = "other-1"
        await pilot.press("enter")
        await until_text(pilot, "ctrl+o send it again")
        await pilot.press("ctrl+o")
        await until_text(pilot, "3 refused sign-ins lately")
    assert made.opener.refused == 1


async def test_the_kept_password_that_was_refused_goes_again_by_that_key_too() -> None:
    made = refused()
    made.opener.accepts = {("CONTOSO\\anna", RIGHT)}
    async with asked(made) as pilot:
        await pilot.press("ctrl+o")
        assert made.opener.sign_ins == []
        await pilot.press("enter")
        await until_text(pilot, "ctrl+o send it again")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.opener.sign_ins == ["CONTOSO\\anna"]


async def test_typing_on_takes_the_offer_to_send_again_back() -> None:
    async with asked(refused()) as pilot:
        await pilot.press("enter")
        await until_text(pilot, "ctrl+o send it again")
        await pilot.press("x")
        await until(pilot, lambda: "send it again" not in screen_text(pilot.app))


async def test_a_password_typed_blind_after_a_refused_email_is_never_shown() -> None:
    made = refused()
    told = USER_NAME_FORM.problem(username="anna@contoso.example", windows_domain="CONTOSO")
    made.opener.problems = [ProblemError(told, secret_refused=True)]
    async with asked(made) as pilot:
        await pilot.press("ctrl+e")
        field(pilot, "username").value = ""
        field(pilot, "password").input.value = "mistyped"
        await pilot.press("enter")
        await until_text(pilot, "Enter sends it with the user name below")
        await until_text(pilot, "One refused sign-in lately")
        await drawn_as_stored(pilot, "console-reconnect-user-name")
        assert field(pilot, "username").value == "CONTOSO\\anna"
        await pilot.press(*"blind", "enter")
        await until(pilot, lambda: len(made.opener.sign_ins) == 2)
        assert "blind" not in screen_text(pilot.app)
        assert field(pilot, "password").secret_input.secret == Secret("blind")
    assert made.opener.sign_ins == ["anna@contoso.example", "CONTOSO\\anna"]


async def test_what_is_typed_while_the_sign_in_runs_lands_nowhere() -> None:
    made = refused()
    made.opener.gate.shut()
    made.opener.problems = [ProblemError(HOST_NOT_FOUND.problem(host="mail.contoso.example"))]
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until(pilot, made.opener.gate.arrived.is_set)
        await pilot.press(*"blind")
        made.opener.gate.open()
        await until_text(pilot, "Nothing was changed.")
        assert "blind" not in screen_text(pilot.app)
        assert field(pilot, "password").secret_input.secret == Secret(NEW)
        assert pilot.app.focused is not None


async def test_a_sign_in_that_was_kept_before_esc_came_is_told_as_what_it_is() -> None:
    made = refused()
    made.opener.reading = Gate().shut()
    async with asked(made) as pilot:
        field(pilot, "password").input.value = NEW
        await pilot.press("enter")
        await until_text(pilot, "Reading the calendars")
        await until(pilot, made.opener.reading.arrived.is_set)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
        assert "Connected again." in screen_text(pilot.app)
    assert made.secrets.secret == Secret(NEW)


async def test_a_failure_that_nobody_foresaw_is_told_and_nothing_is_lost() -> None:
    made = refused()

    def broken(username: str) -> NoReturn:
        raise ArithmeticError(username)

    made.opener.refuses_with = broken
    async with asked(made) as pilot:
        field(pilot, "password").input.value = "mistyped"
        await pilot.press("enter")
        await until_text(pilot, "The server's answer is not known: ArithmeticError")
        assert field(pilot, "password").secret_input.secret == Secret("mistyped")


def note_refusals(made: Office, count: int) -> None:
    """Let other passwords have been refused at noon."""
    who = Attempted("anna@contoso.example", "mail.contoso.example", "CONTOSO\\anna")
    for number in range(count):
        refusal = Refusal(who, made.clock.now(), PASSWORD_REFUSED.problem(username=who.username))
        made.store.guard.note(refusal, Secret(f"other-{number}"))
