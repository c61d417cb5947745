"""Calls into code that may never come back."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


def within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Return what the work returns, or raise what it raises; raise TimeoutError once the time is up.

    Work that hangs is left behind in a thread that doesn't hold the program's end up.
    """
    outcome: Future[Answer] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  # nothing is hidden: it is raised again by the caller
            outcome.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return outcome.result(timeout=seconds)
