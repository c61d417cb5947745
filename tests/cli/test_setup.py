import json
import os
import signal
from dataclasses import dataclass
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from oncetui.cli.setup import setup
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.problems.http import LOGIN_PAGE
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.profile import Profile
from oncetui.model.state import State
from tests.setup.wizard import ANNA, EWS_URL, NOTHING, NTLM, OUTSIDE, PASSWORD, WINDOWS_NAME, Wizard


@dataclass
class OneProfile:
    """What the command takes of a composition."""

    profile: Profile


def run(wizard: Wizard, *options: str, password: str = PASSWORD, more: str = "") -> Result:
    return CliRunner().invoke(
        setup,
        options,
        input=f"{password}\n{more}",
        obj=OneProfile(wizard.profile),
        standalone_mode=False,
    )


def as_json(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(result.stdout)
    return told


UNATTENDED = ("--yes", "--json", "--email", ANNA, "--password-stdin")


def test_it_ends_connected_with_the_status_object() -> None:
    wizard = Wizard()
    result = run(wizard, *UNATTENDED)
    told = as_json(result)
    assert result.return_value == 0
    assert told["state"] == "connected"
    assert told["problem"] is None
    assert told["secret"]["kept_in"] == "keyring"
    assert [page["accepting"] for page in told["pages"]] == [True]
    assert told["sync"]["effective_mode"] == "auto"


@pytest.mark.parametrize(
    ("wizard", "code", "field"),
    [
        (Wizard(NOTHING), 4, "ews_url"),
        (Wizard(accepts=WINDOWS_NAME), 4, "username"),
        (Wizard(OUTSIDE), 4, "trust_host"),
    ],
    ids=["no server", "another user name", "another host"],
)
def test_the_status_object_names_the_field_that_is_needed(wizard: Wizard, code: int, field: str) -> None:
    result = run(wizard, *UNATTENDED)
    told = as_json(result)
    assert result.return_value == code
    assert told["state"] == "not-connected"
    assert told["problem"]["fields"][0] == field


@pytest.mark.parametrize(
    ("problem", "code"),
    [(NO_ANSWER.problem(host="mail.contoso.example"), 3), (LOGIN_PAGE.problem(host="x"), 5)],
)
def test_the_exit_code_says_whose_turn_it_is(problem: Any, code: int) -> None:
    wizard = Wizard()
    wizard.opener.problems = [ProblemError(problem)]
    assert run(wizard, *UNATTENDED).return_value == code


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--yes", "--json", "--email", "anna", "--password-stdin"), "email"),
        (("--yes", "--json", "--password-stdin"), "email"),
        ((*UNATTENDED, "--ews-url", "a b"), "ews_url"),
        ((*UNATTENDED, "--username", "contoso/anna"), "username"),
        (("--yes", "--json", "--email", ANNA), "password"),
    ],
)
def test_wrong_input_is_exit_2_with_one_sentence(options: tuple[str, ...], field: str) -> None:
    wizard = Wizard()
    result = run(wizard, *options)
    assert result.return_value == 2
    assert as_json(result)["problem"]["fields"] == [field]
    assert wizard.opener.sign_ins == []


@pytest.mark.parametrize(
    "options",
    [
        ("--plain", "--yes"),
        ("--pin", "abc", "--yes"),
        ("--keep-password", "drawer"),
        ("--sync", "never"),
    ],
)
def test_options_that_cannot_stand_are_refused(options: tuple[str, ...]) -> None:
    result = run(Wizard(), *options)
    assert type(result.exception).__name__ in ("UsageError", "BadParameter")


def test_an_empty_password_is_a_usage_error() -> None:
    result = run(Wizard(), *UNATTENDED, password="")
    assert type(result.exception).__name__ == "UsageError"


def test_without_a_terminal_it_says_what_to_run_instead() -> None:
    result = run(Wizard())
    assert "oncetui setup --plain" in str(result.exception)


def test_another_mailbox_on_a_connected_profile_is_exit_2() -> None:
    wizard = Wizard()
    run(wizard, *UNATTENDED)
    result = run(wizard, "--yes", "--json", "--email", "ben@contoso.example", "--password-stdin")
    told = as_json(result)
    assert result.return_value == 2
    assert told["problem"]["code"] == "other-mailbox"
    assert told["state"] == "connected"


def test_answers_and_wishes_are_taken_over() -> None:
    wizard = Wizard(NOTHING, accepts=WINDOWS_NAME)
    wizard.discovery.knows(NTLM)
    options = ("--ews-url", "mail.contoso.example/owa", "--username", WINDOWS_NAME)
    result = run(wizard, *UNATTENDED, *options, "--keep-password", "file", "--sync", "auto")
    assert result.return_value == 0
    settings = wizard.store.settings.load()
    assert settings is not None
    assert settings.ews_url == EWS_URL
    assert (settings.kept_in, settings.sync_mode) == (KeptIn.FILE, SyncMode.AUTO)


def test_a_host_outside_is_agreed_to_by_name() -> None:
    wizard = Wizard(OUTSIDE)
    wizard.discovery.knows(NTLM)
    url = OUTSIDE.servers[0].ews_url
    wizard.discovery.probes[url] = NTLM
    assert run(wizard, *UNATTENDED, "--trust-host", "MAIL.hoster.example").return_value == 0


def test_for_people_it_prints_the_summary_and_waits_go_to_standard_error() -> None:
    result = run(Wizard(), "--yes", "--email", ANNA, "--password-stdin")
    assert result.return_value == 0
    assert "Saved in ~/.config/oncetui/default.toml" in result.stdout
    assert f"Signing in to mail.contoso.example as {ANNA}" in result.stderr
    assert PASSWORD not in result.output


def test_a_failure_is_told_to_people_on_standard_error() -> None:
    result = run(Wizard(NOTHING), "--yes", "--email", ANNA, "--password-stdin")
    assert result.return_value == 4
    assert result.stdout == ""
    assert "No Exchange server answers for contoso.example." in result.stderr


def test_line_by_line_takes_the_password_and_then_the_answers_from_standard_input() -> None:
    wizard = Wizard()
    result = run(wizard, "--plain", "--email", ANNA, "--password-stdin", more="\n" * 5)
    assert result.return_value == 0
    assert wizard.store.connection.load().state is State.CONNECTED
    assert PASSWORD not in result.output


def test_leaving_line_by_line_is_a_cancellation() -> None:
    wizard = Wizard()
    result = run(wizard, "--plain", "--email", ANNA, "--password-stdin")
    assert isinstance(result.exception, CancelledByUserError)
    assert wizard.store.settings.load() is None


def test_an_interrupt_cancels_what_is_waited_for_and_keeps_no_secret() -> None:
    wizard = Wizard()

    class Interrupting(type(wizard.discovery)):  # type: ignore[misc]  # a base known at run time
        def search(self, *given: Any) -> Any:
            os.kill(os.getpid(), signal.SIGINT)
            return super().search(*given)

    wizard.discovery = Interrupting(wizard.discovery.result)
    before = signal.getsignal(signal.SIGINT)
    result = run(wizard, *UNATTENDED)
    assert isinstance(result.exception, CancelledByUserError)
    assert wizard.keyring.secret is None
    assert signal.getsignal(signal.SIGINT) is before


def test_the_draft_stays_where_nothing_was_connected() -> None:
    wizard = Wizard(NOTHING)
    wizard.store.drafts.save(DraftAnswers(ANNA))
    run(wizard, *UNATTENDED)
    assert wizard.store.drafts.load() == DraftAnswers(ANNA)


@pytest.mark.parametrize("pin", ["3f9a", "nonsense", "ab:" * 19 + "ab"])
def test_a_pin_that_is_none_gets_one_clear_sentence(pin: str) -> None:
    result = run(Wizard(), *UNATTENDED, "--pin", pin)
    assert isinstance(result.exception, click.BadParameter)
    assert "SHA-256" in str(result.exception)


def test_a_pin_is_bound_to_the_host_of_the_ews_url_and_saved() -> None:
    wizard = Wizard(NOTHING)
    wizard.discovery.knows(NTLM)
    pin = "3F:" * 31 + "3F"
    assert run(wizard, *UNATTENDED, "--ews-url", EWS_URL, "--pin", pin).return_value == 0
    settings = wizard.store.settings.load()
    assert settings is not None
    assert settings.route.pins == (("mail.contoso.example", "3f" * 32),)
    assert wizard.discovery.routes[-1].pins == settings.route.pins
