"""The heartbeat that shows other processes a living connector, also while a server keeps it waiting."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.status import Heartbeat
from oncetui.model.sync import SyncInEffect

BEAT_SECONDS = 2.0


@contextlib.contextmanager
def heartbeat(
    profile: Profile, started: datetime, sync: Callable[[], SyncInEffect | None]
) -> Iterator[Callable[[], None]]:
    """Beat every two seconds while the block lasts, and take the heartbeat away after it.

    `sync` tells what each beat says of the sync in effect; what is yielded beats once more, at once.
    """
    over = threading.Event()

    def beat() -> None:
        profile.commands.beat(Heartbeat(os.getpid(), started, profile.clock.now(), sync()))

    beat()

    def keep_beating() -> None:
        while not profile.clock.wait(over, BEAT_SECONDS):
            # A store that can't be written for a moment misses a beat; the connector's own writes tell of it.
            with contextlib.suppress(ProblemError):
                beat()

    thread = threading.Thread(target=keep_beating, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        over.set()
        thread.join()
        profile.commands.stopped()
