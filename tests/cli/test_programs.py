import sys
import threading
from pathlib import Path

import pytest

from oncetui.cli.programs import ProgramsOfTheUser
from oncetui.model.cancellation import Cancellation


def run(code: str, *arguments: str, within: float = 20, text: bytes = b"{}\n") -> str | None:
    command = (sys.executable, "-c", code, *arguments)
    return ProgramsOfTheUser(within).run(command, text, {"ONCETUI_CHANGE": "closed"}, Cancellation())


def test_a_program_gets_the_text_and_the_words(tmp_path: Path) -> None:
    code = "import os, sys; open(sys.argv[1], 'w').write(os.environ['ONCETUI_CHANGE'] + sys.stdin.read())"

    assert run(code, f"{tmp_path}/told", text=b"x" * 200_000) is None

    assert (tmp_path / "told").read_text() == "closed" + "x" * 200_000


@pytest.mark.parametrize("reads", ["pass", "import sys; sys.stdin.close()"])
def test_a_program_needs_not_read_what_it_is_given(reads: str) -> None:
    assert run(reads, text=b"x" * 1_000_000) is None


def test_how_a_program_failed_is_told_and_nothing_that_it_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert str(run("import sys; print('hello'); sys.exit(4)")).endswith("ended with exit code 4.")
    assert capfd.readouterr() == ("", "")
    missing = ProgramsOfTheUser().run(("/nowhere/mail-us",), b"", {}, Cancellation())
    assert missing == "/nowhere/mail-us can't be started: No such file or directory."


def test_a_program_that_hangs_is_ended() -> None:
    assert "did not end within 0.5 s" in str(run("import time; time.sleep(600)", within=0.5))


def test_a_program_is_ended_once_that_is_cancelled() -> None:
    cancellation = Cancellation()
    threading.Timer(0.3, cancellation.cancel).start()

    command = (sys.executable, "-c", "import time; time.sleep(600)")
    assert ProgramsOfTheUser().run(command, b"", {}, cancellation) is None
