"""The heartbeat that shows other processes a living connector, also while a server keeps it waiting."""

import contextlib
import os
import threading
from collections.abc import Iterator
from datetime import datetime

from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.status import Heartbeat

BEAT_SECONDS = 2.0


@contextlib.contextmanager
def heartbeat(profile: Profile, started: datetime) -> Iterator[None]:
    """Beat every two seconds while the block lasts, and take the heartbeat away after it."""
    over = threading.Event()
    beat(profile, started)

    def keep_beating() -> None:
        while not profile.clock.wait(over, BEAT_SECONDS):
            # A store that can't be written for a moment misses a beat; the connector's own writes tell of it.
            with contextlib.suppress(ProblemError):
                beat(profile, started)

    thread = threading.Thread(target=keep_beating, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        profile.commands.stopped()


def beat(profile: Profile, started: datetime) -> None:
    """Beat once."""
    profile.commands.beat(Heartbeat(os.getpid(), started, profile.clock.now()))
