"""Whether the process that a number stood for is still the one behind it."""

import os
import sys
from pathlib import Path

ALIVE = "alive"


def start_of_process(pid: int, platform: str = sys.platform) -> str | None:
    """Return what tells this process from a later one with the same number, None where there is none.

    On Linux that is its start in clock ticks since boot (proc_pid_stat(5), field 22); elsewhere only
    whether it lives can be told, and on Windows not even that without ending it.
    """
    if platform == "linux":
        return _start_in_ticks(pid)
    if platform != "win32":
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            return ALIVE
    return ALIVE


def _start_in_ticks(pid: int) -> str | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    # The second field is a name in brackets that may hold anything; the third says what the process does.
    fields = status.rpartition(b")")[2].split()
    return None if fields[0] in (b"Z", b"X") else fields[19].decode()
