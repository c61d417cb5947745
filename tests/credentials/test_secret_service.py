import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in NEEDED if shutil.which(name) is None]


def without_a_desktop(home: Path) -> dict[str, str]:
    """Return an environment that leads to no session of the person who runs the tests."""
    return {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def private_folder() -> Iterator[Path]:
    """A folder with a name short enough for a socket in it; the keyring may end a moment after its bus."""
    with tempfile.TemporaryDirectory(prefix="oncetui-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "run").mkdir(mode=0o700)
        yield Path(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a keyring without a session bus")
def test_without_a_session_bus_the_keyring_is_absent(private_folder: Path) -> None:
    code = (
        "from oncetui.credentials.keyring_store import KeyringStore\n"
        "from oncetui.model.problem import ProblemError\n"
        "try:\n    KeyringStore('3f2a', 'default', probing_seconds=20).probe()\n"
        "except ProblemError as error:\n    print(error.problem.code, error.problem.why)\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=without_a_desktop(private_folder),
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )

    told = "keyring-absent No Secret Service or KWallet runs in this session.\n"
    assert ran.stdout == told, ran.stderr


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (make system-packages)")
def test_the_password_is_kept_in_a_real_secret_service_and_nobody_is_prompted(private_folder: Path) -> None:
    scenario = [sys.executable, "-m", "tests.credentials.secret_service_scenario"]

    ran = subprocess.run(
        ["dbus-run-session", "--", *scenario],
        env=without_a_desktop(private_folder),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )

    assert ran.stdout.splitlines() == [
        "open: fine",
        "nothing kept: secret-unreadable",
        "replaced: True",
        "label: Password for '3f2a:default' on 'oncetui'",
        "locked: keyring-locked keyring-locked keyring-locked",
    ], ran.stderr
