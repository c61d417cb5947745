"""The scripts of docs/service.md, run as they stand there."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "service.md"
SCRIPTS = re.findall(
    r"^```\n(#!/bin/sh\n.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
PHONE, MAIL, MONITOR = SCRIPTS
CLOSED: dict[str, Any] = {
    "state": "failed",
    "problem": {"what": "The server refuses your password."},
    "warnings": [{"what": "A “calendar” can't be $read."}],
    "pages": [{"accepting": False}],
}
OPEN: dict[str, Any] = {"state": "connected", "problem": None, "warnings": [], "pages": [{"accepting": True}]}

pytestmark = pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")


def run(
    folder: Path, script: str, program: str, does: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a script with another program in the place of one that it calls."""
    stand_in = folder / program
    stand_in.write_text(f"#!/bin/sh\n{does}\n")
    stand_in.chmod(0o700)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "ONCETUI_CHANGE": "closed warning"}
    return subprocess.run(
        ["/bin/sh", "-c", script], input=given, capture_output=True, text=True, env=environment, check=False
    )


def test_a_phone_is_told_in_the_words_of_the_problem_and_of_each_warning(tmp_path: Path) -> None:
    shows = 'printf "%s|" "$@"'

    told = run(tmp_path, PHONE, "curl", shows, json.dumps(CLOSED)).stdout

    assert "|Title: booking pages: closed warning|" in told
    assert "|The server refuses your password. A “calendar” can't be $read.|" in told
    assert "|The connection works.|" in run(tmp_path, PHONE, "curl", shows, json.dumps(OPEN)).stdout


def test_a_mail_has_a_subject_an_empty_line_and_the_status(tmp_path: Path) -> None:
    mail = run(tmp_path, MAIL, "msmtp", "cat", json.dumps(CLOSED)).stdout

    head, _, body = mail.partition("\n\n")
    assert head.splitlines()[1] == "Subject: booking pages: closed warning"
    assert json.loads(body) == CLOSED


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (OPEN, 0, 0),
        (OPEN | {"pages": CLOSED["pages"]}, 0, 2),
        (CLOSED, 3, 1),
        (CLOSED, 4, 2),
        (CLOSED, 5, 2),
        (OPEN | {"state": "disconnected"}, 6, 3),
        ({"schema": 1, "problem": {"what": "There is no such option."}}, 2, 3),
    ],
)
def test_a_monitor_is_answered_in_its_own_codes(
    tmp_path: Path, status: dict[str, Any], code: int, expected: int
) -> None:
    (tmp_path / "status").write_text(json.dumps(status))

    answer = run(tmp_path, MONITOR, "oncetui", f"cat '{tmp_path}/status'; exit {code}")

    assert answer.returncode == expected, answer.stderr
    assert answer.stdout.startswith(status.get("state", "?"))
