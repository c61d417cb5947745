"""Line-by-line set-up, as whole transcripts: a golden a path of the ladder, under `goldens/`."""

import contextlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.discovering import SearchResult
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import KEYRING_ABSENT
from oncetui.model.problems.names import NAMES_UNAVAILABLE
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.plain.given import Given
from oncetui.plain.wizard import set_up
from tests.fakes.secrets import InMemorySecretStore
from tests.plain.scripted import ScriptedConsole
from tests.setup.wizard import (
    ANNA,
    BASIC,
    EWS_URL,
    FOUND,
    NOTHING,
    NTLM,
    OUTSIDE,
    PASSWORD,
    WINDOWS_NAME,
    Wizard,
)

GOLDENS = Path(__file__).parent / "goldens"
TAKE_ALL = ("", "", "", "", "")
"""Enter to each question after the sign-in: no shared calendar, main, additional, busy, place."""


def led(wizard: Wizard, *answers: str, given: Given | None = None) -> ScriptedConsole:
    console = ScriptedConsole(*answers)
    set_up(wizard.profile, console, given or Given(), wizard.cancellation)
    return console


def golden(name: str) -> str:
    return (GOLDENS / f"{name}.txt").read_text(encoding="utf-8")


def test_email_and_password_are_enough() -> None:
    wizard = Wizard()
    wizard.add_event(wizard.clock.now() + timedelta(days=1))
    console = led(wizard, ANNA, PASSWORD, *TAKE_ALL)
    assert console.transcript == golden("email_and_password")
    assert wizard.store.connection.load().state is State.CONNECTED


def test_events_that_will_not_block_are_named_before_anything_is_saved() -> None:
    wizard = Wizard()
    wizard.add_event(wizard.clock.now() + timedelta(days=1))
    fair = wizard.clock.now().replace(hour=8, minute=0, second=0) + timedelta(days=2)
    default = "k-main"
    for number in range(12):
        window = Window(fair + timedelta(minutes=30 * number), fair + timedelta(minutes=30 * number + 30))
        wizard.mailbox.add_event(default, window, Showing.FREE, f"Hold {number}")
    night = Window(fair - timedelta(hours=6), fair - timedelta(hours=5))
    wizard.mailbox.add_event(default, night, Showing.FREE, "At night")
    shown = led(wizard, ANNA, PASSWORD, *TAKE_ALL).transcript
    assert "Marked Free, so these won't block" in shown
    assert "09:00 to 09:30  Calendar  Hold 0" in shown
    assert "and 2 more" in shown
    assert "At night" not in shown
    assert "Hold 0" not in repr(vars(wizard.store.busy))


def test_where_free_events_can_not_be_read_the_wizard_goes_on() -> None:
    wizard = Wizard()
    wizard.mailbox.unreadable["k-main"] = ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))
    console = ScriptedConsole(ANNA, PASSWORD, *TAKE_ALL)
    with contextlib.suppress(ProblemError):
        set_up(wizard.profile, console, Given(), wizard.cancellation)
    assert "Which events are marked Free can't be read: No answer" in console.transcript


def test_nothing_found_asks_for_the_ews_url_and_puts_its_spelling_right() -> None:
    wizard = Wizard(NOTHING)
    wizard.discovery.knows(NTLM)
    console = led(wizard, ANNA, "", "anna@contoso.example", "mail.contoso.example/owa", PASSWORD, *TAKE_ALL)
    assert console.transcript == golden("ews_url_revealed")


def test_a_refused_email_asks_for_the_windows_name_and_keeps_the_password() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    console = led(wizard, ANNA, PASSWORD, "", *TAKE_ALL)
    assert console.transcript == golden("user_name_revealed")
    assert wizard.opener.sign_ins == [ANNA, WINDOWS_NAME]


def test_a_host_outside_needs_a_yes() -> None:
    wizard = Wizard(OUTSIDE)
    wizard.discovery.knows(replace(BASIC, url=OUTSIDE.servers[0].ews_url))
    console = led(wizard, ANNA, "yes", PASSWORD, *TAKE_ALL)
    assert "Send the password to mail.hoster.example? yes or no [no]: yes" in console.lines
    assert wizard.store.connection.load().state is State.CONNECTED


def test_a_no_asks_for_the_address_instead() -> None:
    wizard = Wizard(OUTSIDE)
    wizard.discovery.knows(NTLM)
    led(wizard, ANNA, "", "mail.contoso.example", PASSWORD, *TAKE_ALL)
    assert wizard.opener.opened[0].ews_url == EWS_URL


def test_a_slash_is_offered_back_as_a_backslash() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    console = led(wizard, ANNA, PASSWORD, "CONTOSO/anna", "", *TAKE_ALL)
    assert "  ! Use one backslash between domain and name: CONTOSO\\anna" in console.lines
    assert "Domain\\UserName [CONTOSO\\anna]: " in console.lines
    assert wizard.opener.sign_ins[-1] == WINDOWS_NAME


def test_a_wrong_password_costs_one_refusal_and_is_asked_for_again() -> None:
    wizard = Wizard()
    wizard.discovery.result = SearchResult(servers=(replace(FOUND.servers[0], probe=BASIC),))
    console = led(wizard, ANNA, "wrong", "", PASSWORD, *TAKE_ALL)
    assert wizard.opener.refused == 1
    assert "One refused sign-in so far. Most servers lock the account after 5 to 10." in console.lines


def test_the_same_wrong_password_is_not_sent_twice() -> None:
    wizard = Wizard()
    wizard.discovery.result = SearchResult(servers=(replace(FOUND.servers[0], probe=BASIC),))
    led(wizard, ANNA, "wrong", "", "wrong", "no", "", PASSWORD, *TAKE_ALL)
    assert wizard.opener.refused == 1


def test_the_same_wrong_password_goes_once_more_for_a_yes() -> None:
    wizard = Wizard()
    wizard.discovery.result = SearchResult(servers=(replace(FOUND.servers[0], probe=BASIC),))
    led(wizard, ANNA, "wrong", "", "wrong", "yes", "", PASSWORD, "yes", *TAKE_ALL)
    assert wizard.opener.refused == 2


def test_a_temporary_fault_is_tried_again_by_enter() -> None:
    wizard = Wizard()
    wizard.opener.problems = [ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))]
    console = led(wizard, ANNA, PASSWORD, "", *TAKE_ALL)
    assert "! The server does not answer" in console.lines
    assert wizard.opener.sign_ins == [ANNA, ANNA]


def test_a_search_without_network_asks_before_it_looks_again() -> None:
    down = SearchResult(problem=NAMES_UNAVAILABLE.problem(host="contoso.example"))
    wizard = Wizard(down)
    console = ScriptedConsole(ANNA, "", "")
    with pytest.raises(CancelledByUserError):
        set_up(wizard.profile, console, Given(), wizard.cancellation)
    assert wizard.discovery.searches == [ANNA] * 3


def test_microsoft_365_asks_for_another_mailbox_and_never_for_a_password() -> None:
    wizard = Wizard(replace(FOUND, provider="microsoft-365"))
    console = ScriptedConsole(ANNA)
    with pytest.raises(CancelledByUserError):
        set_up(wizard.profile, console, Given(), wizard.cancellation)
    assert any("Microsoft 365" in line for line in console.lines)
    assert not any(line.startswith("Password") for line in console.lines)


def test_leaving_keeps_what_was_answered_and_no_secret() -> None:
    wizard = Wizard(NOTHING)
    console = ScriptedConsole(ANNA, "mail.contoso.example")
    with pytest.raises(CancelledByUserError):
        set_up(wizard.profile, console, Given(), wizard.cancellation)
    assert wizard.store.drafts.load() == DraftAnswers(ANNA, "mail.contoso.example")
    assert wizard.keyring.secret is None
    again = ScriptedConsole("")
    with pytest.raises(CancelledByUserError):
        set_up(wizard.profile, again, Given(), wizard.cancellation)
    assert f"Email [{ANNA}]: " in again.lines


def test_an_address_of_a_draft_is_shown_and_a_minus_empties_it() -> None:
    wizard = Wizard()
    wizard.store.drafts.save(DraftAnswers(ANNA, "old.contoso.example"))
    console = led(wizard, "", "-", PASSWORD, *TAKE_ALL)
    assert "EWS URL [old.contoso.example]: -" in console.lines
    assert wizard.opener.opened[0].ews_url == EWS_URL


def test_leaving_after_the_sign_in_closes_the_gateway_and_keeps_nothing() -> None:
    wizard = Wizard()
    console = ScriptedConsole(ANNA, PASSWORD)
    with pytest.raises(CancelledByUserError):
        set_up(wizard.profile, console, Given(), wizard.cancellation)
    assert wizard.opener.gateways[0].closed
    assert wizard.store.settings.load() is None
    assert wizard.keyring.secret is None


def test_what_the_command_line_gave_is_not_asked_for() -> None:
    wizard = Wizard()
    given = Given(DraftAnswers(ANNA, keep_in="file"), Secret(PASSWORD), sync_mode=SyncMode.AUTO)
    console = led(wizard, "", "", "", "", given=given)
    assert not any(
        line.startswith(("Email", "Password:", "Keep the password in (")) for line in console.lines
    )
    settings = wizard.store.settings.load()
    assert settings is not None
    assert (settings.kept_in, settings.sync_mode) == (KeptIn.FILE, SyncMode.AUTO)


def test_calendars_are_chosen_by_number_and_read_only_ones_take_no_bookings() -> None:
    wizard = Wizard()
    team = FoundCalendar("k-team", "Team Sales", writable=True, owner="sales@contoso.example")
    wizard.mailbox.shared["sales@contoso.example"] = team
    console = led(
        wizard,
        *(ANNA, PASSWORD),
        *("sales@contoso.example", ""),
        *("3", "7", "2"),
        *("3", "1, 4"),
        *("2 3", ""),
    )
    assert console.transcript == golden("calendars_by_number")
    (page,) = wizard.store.pages.pages()
    names = {one.id: one.name for one in wizard.store.busy.calendars()}
    assert names[page.associated.main or ""] == "Private"
    assert {names[one] for one in page.associated.additional} == {"Calendar", "Team Sales"}
    assert {names[one] for one in page.associated.busy} == {"Private", "Holidays"}


def test_a_place_that_fails_at_the_end_is_asked_for_again() -> None:
    wizard = Wizard()

    class FailsOnSaving(type(wizard.keyring)):  # type: ignore[misc]  # a base known at run time
        def save(self, secret: Secret) -> None:
            raise ProblemError(KEYRING_ABSENT.problem(reason="It went away."))

    wizard.keyring = FailsOnSaving(KeptIn.KEYRING)
    console = led(wizard, ANNA, PASSWORD, *TAKE_ALL, "file")
    assert "! No keyring answers" in console.lines
    settings = wizard.store.settings.load()
    assert settings is not None
    assert settings.kept_in is KeptIn.FILE


@pytest.mark.parametrize("accepts", [ANNA, WINDOWS_NAME])
def test_no_transcript_holds_the_password(accepts: str) -> None:
    wizard = Wizard(accepts=accepts)
    console = led(wizard, ANNA, PASSWORD, *([""] if accepts == WINDOWS_NAME else []), *TAKE_ALL)
    assert PASSWORD not in console.transcript


def test_a_passphrase_is_asked_for_twice_until_both_are_the_same_and_long_enough() -> None:
    wizard = Wizard()
    wizard.keyring = InMemorySecretStore(KeptIn.PASSPHRASE)
    chosen = "four words in a row"
    typed = ("passphrase", "short", "", chosen, "not it", chosen, chosen)
    console = led(wizard, ANNA, PASSWORD, *TAKE_ALL[:-1], *typed)
    assert wizard.keyring.secret == Secret(PASSWORD)
    assert "at least 12 characters" in console.transcript
    assert "aren't the same" in console.transcript
    assert chosen not in console.transcript
