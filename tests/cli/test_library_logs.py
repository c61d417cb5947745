"""What libraries log crosses no screen, and shows no credentials where it is asked for."""

import os
import subprocess
import sys

import pytest

TALKS = """
import logging, warnings
from oncetui.cli.library_logs import direct_library_logs
direct_library_logs()
logging.getLogger("urllib3").warning("Retrying")
logging.getLogger("exchangelib").debug("headers {'Authorization': 'Basic YW5uYTp3YWwtbnVzcy03'}")
warnings.warn("deprecated")
"""


def said(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", TALKS],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout + done.stderr


def test_libraries_say_nothing() -> None:
    assert said() == ""


@pytest.mark.parametrize("wanted", ["Retrying", "headers", "deprecated"])
def test_they_are_heard_when_debugging_without_credentials(wanted: str) -> None:
    heard = said(ONCETUI_DEBUG="1")
    assert wanted in heard
    assert "YW5uYTp3YWwtbnVzcy03" not in heard
