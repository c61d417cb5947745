from oncetui.model.calendars import FoundCalendar
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.state import Faulted
from tests.cli.homes import ANNA, CommandLine


def test_an_empty_home_is_not_connected(oncetui: CommandLine) -> None:
    answer = oncetui("status", "--json")

    assert answer.code == 6
    assert answer.told["state"] == "not-connected"
    assert oncetui("status").out == "Not connected. To connect a calendar, run: oncetui setup\n"


def test_a_connected_profile_is_told_by_the_contract(oncetui: CommandLine) -> None:
    oncetui.connect()

    answer = oncetui("status", "--json")

    assert answer.code == 0
    assert answer.told["mailbox"] == ANNA
    assert answer.told["secret"]["kept_in"] == "file"
    assert answer.told["secret"]["unattended"] is True
    assert answer.told["sync"]["effective_mode"] == "auto"
    assert answer.told["pages"] == [
        {"page": "intro", "name": "Intro call", "accepting": True, "closed_reason": None}
    ]
    assert [one["fresh"] for one in answer.told["calendars"]] == [True, True, True]


def test_the_text_begins_with_a_sentence_and_names_the_pages(oncetui: CommandLine) -> None:
    oncetui.connect()

    lines = oncetui("status").out.splitlines()

    assert lines[0].startswith("Connected to mail.contoso.example, but no connector runs: what is open")
    assert any(line.startswith("  Intro call  open  next free ") for line in lines)


def test_a_failure_says_what_why_and_what_to_do_and_closes_pages(oncetui: CommandLine) -> None:
    oncetui.connect()
    oncetui.fault(lambda it: Faulted(it.clock.now(), PASSWORD_CHANGED.problem(), secret_refused=True))

    answer = oncetui("status", "--json")
    assert answer.code == 4
    assert (answer.told["state"], answer.told["problem"]["who"]) == ("failed", "user")
    assert answer.told["pages"][0]["accepting"] is False

    text = oncetui("status").out
    assert "the connection needs you. 1 booking page is closed." in text
    assert PASSWORD_CHANGED.next in text


def test_the_exit_code_says_whose_turn_it_is(oncetui: CommandLine) -> None:
    oncetui.connect()
    for _ in range(2):
        oncetui.fault(lambda it: Faulted(it.clock.now(), NO_ANSWER.problem(host="mail.contoso.example")))
    assert oncetui("status").code == 3

    oncetui.fault(lambda it: Faulted(it.clock.now(), EWS_SWITCHED_OFF.problem()))
    assert oncetui("status").code == 5


def test_settings_that_cant_be_read_are_a_warning_and_the_rest_is_told(oncetui: CommandLine) -> None:
    oncetui.connect()
    (oncetui.home / "config" / "default.toml").write_text("[connection]\nmailbox = 7\n")

    answer = oncetui("status", "--json")

    assert answer.told["state"] == "connected"
    assert [one["code"] for one in answer.told["warnings"]] == ["settings-unreadable"]


def test_names_from_a_server_cant_steer_the_terminal(oncetui: CommandLine) -> None:
    oncetui.connect()
    nasty = FoundCalendar("k9", "Calendar\x1b]0;owned\x07", writable=True)
    oncetui.profile(lambda it: it.busy.note_calendars([nasty], it.connection.load().generation))

    assert "\x1b" not in oncetui("calendars").out
