import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.homes import CommandLine


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("status", "--nonsense"), ("--profile", "../x", "status")]
)
def test_a_usage_error_is_one_object_with_json_and_one_line_without(
    oncetui: CommandLine, arguments: tuple[str, ...]
) -> None:
    answer = oncetui(*arguments, "--json")
    assert answer.code == 2
    assert answer.told["problem"]["code"] == "usage"

    answer = oncetui(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


def test_a_problem_of_the_catalogue_is_told_with_its_exit_code(oncetui: CommandLine) -> None:
    oncetui("status")
    oncetui.home.chmod(0o770)

    answer = oncetui("status", "--json")

    assert answer.code == 4
    assert answer.told["problem"]["code"] == "home-refused"
    assert "chmod go-w" in oncetui("status").err


FAULT = """
import sys
from oncetui.cli import compose, outcome
from oncetui.model.secret import Secret

def fails(self):
    password = "Winter-2026"
    raise RuntimeError("the password is " + password)

compose.Composition.profile = property(fails)
sys.exit(outcome.outcome_of(sys.argv[1:]))
"""


@pytest.mark.parametrize("arguments", [("status",), ("--verbose", "status"), ("status", "--json")])
def test_a_fault_of_ours_ends_with_1_and_never_tells_texts_or_variables(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAULT, *arguments], capture_output=True, text=True, timeout=30, check=False
    )

    assert done.returncode == 1
    assert "Winter" not in done.stdout + done.stderr
    assert "RuntimeError" in done.stdout + done.stderr
    assert (" in fails" in done.stderr) == ("--verbose" in arguments)


def test_a_reader_that_goes_away_ends_it_quietly(oncetui: CommandLine) -> None:
    command = [sys.executable, "-m", "oncetui", "--home", str(oncetui.home), "status", "--json", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["state"] == "not-connected"
        process.stdout.close()
        oncetui.connect()
        assert process.wait(20) == 1
        assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [("status", "--json"), ("nonsense", "--json"), ("nonsense",)])
def test_output_that_cant_be_written_ends_it_quietly(
    oncetui: CommandLine, arguments: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "oncetui", "--home", str(oncetui.home), *arguments]
    with Path("/dev/full").open("wb") as full, subprocess.Popen(command, stdout=full, stderr=full) as process:
        assert process.wait(30) == 1


def with_stdin(oncetui: CommandLine, text: bytes | None, **environment: str) -> tuple[int, str]:
    """Run set-up without asking in a process of its own; with None it has no standard input at all."""
    setup = ["-m", "oncetui", "--home", str(oncetui.home), "setup", "--yes", "--json", "--password-stdin"]
    command = [sys.executable, *setup, "--email", "anna@contoso.example"]
    if text is None:
        command = ["sh", "-c", '"$@" <&-', "sh", *command]
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=30,
        check=False,
    )
    (line,) = done.stdout.decode().splitlines()
    return done.returncode, json.loads(line)["problem"]["what"]


@pytest.mark.skipif(os.name != "posix", reason="a shell starts the program without standard input")
@pytest.mark.parametrize("text", [None, b"", b"\n", b"\r\n"])
def test_a_password_that_isnt_there_is_asked_for_in_one_sentence(
    oncetui: CommandLine, text: bytes | None
) -> None:
    code, what = with_stdin(oncetui, text)
    assert code == 2
    assert "holds no password" in what


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_password_that_isnt_utf_8_is_never_sent(oncetui: CommandLine, locale: str) -> None:
    code, what = with_stdin(oncetui, b"Winter-\xff-2026\n", LC_ALL=locale)
    assert code == 2
    assert "UTF-8" in what


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_without_a_terminal_one_line_says_what_to_run_instead(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oncetui", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "oncetui setup --yes" in done.stderr


UNUSED = (
    "sqlalchemy",
    "zoneinfo",
    "oncetui.connector",
    "oncetui.model.ports",
    "oncetui.plain",
    "oncetui.setup",
)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_what_only_tells_of_the_program_imports_nothing_of_its_work(option: str) -> None:
    script = (
        "import sys\nfrom oncetui.cli.outcome import outcome_of\noutcome_of(sys.argv[1:])\n"
        f"print('loaded:', *sorted(set({UNUSED!r}) & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, option], capture_output=True, text=True, timeout=30, check=True
    )

    assert done.stdout.splitlines()[-1] == "loaded:"


SLOW = ("textual", "rich", "exchangelib", "alembic", "requests", "keyring", "cryptography", "uvicorn")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("status",), ("status", "--json")])
def test_quick_commands_import_nothing_slow(oncetui: CommandLine, arguments: tuple[str, ...]) -> None:
    oncetui.connect()
    script = (
        "import sys\nfrom oncetui.cli.outcome import outcome_of\noutcome_of(sys.argv[1:])\n"
        f"print('loaded:', *sorted(set({SLOW!r}) & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "--home", str(oncetui.home), *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert done.stdout.splitlines()[-1].split() == ["loaded:"]
