import shlex
import sys
from pathlib import Path

import pytest

from oncetui.credentials.command import CommandOutput
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret

HIDDEN = "Never-Told-8"


def printing(code: str, within: float = 20) -> CommandOutput:
    """A place whose command is a real program."""
    return CommandOutput(lambda: (sys.executable, "-c", code), within_seconds=within)


def why(place: CommandOutput) -> str:
    with pytest.raises(ProblemError) as caught:
        place.load()
    assert caught.value.problem.code == "secret-command-failed"
    assert HIDDEN not in str(caught.value.problem)
    return caught.value.problem.why


def test_the_first_line_is_the_password_whatever_follows() -> None:
    assert printing(r"print('Grüße 7 \nlogin: anna\n' + 'x' * 200000)").load() == Secret("Grüße 7 ")


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    place = CommandOutput(lambda: ("/bin/echo", "$HOME;", "touch", f"{tmp_path}/touched"))

    assert place.load() == Secret(f"$HOME; touch {tmp_path}/touched")
    assert not (tmp_path / "touched").exists()


def test_a_command_that_fails_is_told_by_its_exit_code_and_never_by_what_it_printed() -> None:
    told = why(printing(f"import sys; print('{HIDDEN}'); print('{HIDDEN}', file=sys.stderr); sys.exit(3)"))

    assert told.endswith("ended with exit code 3.")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("pass", "prints nothing on its first line"),
        ("print()", "prints nothing on its first line"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\n')", "isn't UTF-8"),
        ("print('x' * 5000)", "is longer than 4096 bytes"),
    ],
)
def test_what_is_no_password_is_told(code: str, says: str) -> None:
    assert says in why(printing(code))


def test_a_command_that_isnt_there_and_none_at_all_are_told() -> None:
    assert "can't be started: No such file" in why(CommandOutput(lambda: ("/nowhere/pass",)))
    assert "--password-command" in why(CommandOutput(tuple))


def test_a_command_that_hangs_is_ended_with_all_that_it_started() -> None:
    # The child holds the output open after its parent: waiting for the end of it would outlast the test.
    hanging = shlex.quote(sys.executable) + " -c 'import time; time.sleep(600)'"
    code = f"import subprocess; subprocess.run({hanging!r}, shell=True)"

    assert "gave no answer within 0.5 s" in why(printing(code, within=0.5))
