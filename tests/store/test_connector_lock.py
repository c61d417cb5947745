import subprocess
import sys
from pathlib import Path

from oncetui.store.connector_lock import ConnectorLockFile

HOLD = (
    "import sys; from pathlib import Path\n"
    "from oncetui.store.connector_lock import ConnectorLockFile\n"
    "with ConnectorLockFile(Path(sys.argv[1])).take():\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.readline()\n"
)


def test_a_lock_that_another_process_holds_is_free_once_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "default.lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert ConnectorLockFile(path).take() is None
        holder.kill()

    held = ConnectorLockFile(path).take()
    assert held is not None
    with held:
        assert path.stat().st_mode & 0o777 == 0o600
