import io

import pytest

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.secret import Secret
from oncetui.plain.console_io import StandardIO


class Encoded(io.StringIO):
    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # read-only here
        return self._encoding


def test_questions_and_answers_go_line_by_line() -> None:
    target = Encoded("utf-8")
    console = StandardIO(io.StringIO("anna@contoso.example\r\nnext\n"), target)
    assert console.ask("Email: ") == "anna@contoso.example"
    assert console.ask("More: ") == "next"
    assert target.getvalue() == "Email: More: "


def test_the_end_of_the_input_leaves() -> None:
    console = StandardIO(io.StringIO(""), Encoded("utf-8"))
    with pytest.raises(CancelledByUserError):
        console.ask("Email: ")


def test_without_a_terminal_a_secret_is_the_next_line_and_is_not_shown() -> None:
    target = Encoded("utf-8")
    console = StandardIO(io.StringIO("pässwörd \n"), target)
    assert console.ask_secret("Password: ") == Secret("pässwörd ")
    assert "pässwörd" not in target.getvalue()


def test_what_a_server_named_cannot_steer_the_terminal() -> None:
    target = Encoded("utf-8")
    StandardIO(io.StringIO(), target).show("Calendar \x1b[2J\x07 of Anna")
    assert target.getvalue() == "Calendar ?[2J? of Anna\n"


def test_a_terminal_without_utf8_gets_signs_that_it_has() -> None:
    target = Encoded("ascii")
    StandardIO(io.StringIO(), target).show("✓ Bookings of “Zoë” · ✗ → …")
    assert target.getvalue() == '+ Bookings of "Zo?" - x > ...\n'
