"""Ends the screens when their terminal goes away, even where nobody tells the process."""

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_MILLISECONDS = 1000


@contextmanager
def ending_with_the_line() -> Iterator[None]:
    """Hang up on ourselves when the terminal on standard input has gone.

    A closed line sends SIGHUP to the session's first process only. Below `make`, `sudo` or a script we would
    go on without a screen and keep the connector's lock.
    """
    if not hasattr(select, "poll") or not sys.stdin.isatty():
        yield
        return
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(sys.stdin.fileno(), over), name="line", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()


def _watch(terminal: int, over: threading.Event) -> None:
    line = select.poll()
    line.register(terminal, 0)
    while not over.is_set():
        told = line.poll(LOOK_MILLISECONDS)
        if not told:
            continue
        if any(flags & select.POLLHUP for _, flags in told):
            os.kill(os.getpid(), signal.SIGHUP)
            # Reached where hang-ups are ignored, as below `nohup`: nobody can see or end the screen then.
            os.kill(os.getpid(), signal.SIGTERM)
        return
