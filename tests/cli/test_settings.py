import pytest

from tests.cli.homes import ANNA, CommandLine


def test_settings_are_shown_and_the_sync_mode_can_be_changed(oncetui: CommandLine) -> None:
    oncetui.connect()

    assert oncetui("settings", "--json").told["settings"]["mailbox"] == ANNA
    assert oncetui("settings", "sync").out == "sync = real-time\n"
    assert oncetui("settings", "sync", "auto").out == "sync = auto\n"
    assert oncetui("status", "--json").told["sync"]["mode"] == "auto"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("colour",), "there are: mailbox"),
        (("sync", "sometimes"), "real-time or auto"),
        (("mailbox", "ben@contoso.example"), "oncetui reconnect"),
    ],
)
def test_wrong_settings_get_one_clear_sentence(
    oncetui: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    oncetui.connect()

    answer = oncetui("settings", *arguments)

    assert answer.code == 2
    assert says in answer.err


def test_without_a_connection_set_up_is_named(oncetui: CommandLine) -> None:
    assert "oncetui setup" in oncetui("settings").err


def test_a_command_for_changes_is_kept_as_words_shown_and_taken_away(oncetui: CommandLine) -> None:
    assert oncetui("settings", "on-change", "mail-us 'the team'").out == "on-change = mail-us 'the team'\n"
    oncetui.connect()

    assert oncetui("settings", "--json").told["settings"]["on-change"] == "mail-us 'the team'"
    assert oncetui("settings", "on-change").out == "on-change = mail-us 'the team'\n"
    assert oncetui("settings", "on-change", "").out == "on-change = not set\n"
    assert oncetui("settings", "on-change", "mail-us 'the team").code == 2
