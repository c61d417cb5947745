"""Telling somebody who watches no screen, by the command of `settings on-change`."""

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta

from oncetui.connector.timing import Every
from oncetui.connector.watching import current_status
from oncetui.model.alarms import Alarm, Change, advanced, gone, standing, told_before
from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import CHANGE_COMMAND_FAILED
from oncetui.model.profile import Profile
from oncetui.model.status import Status

LOOK_SECONDS = 2.0
ANEW = timedelta(seconds=30)
"""How often the status is worked out where nothing was written: time alone closes pages."""
UNHEARD = (CHANGE_COMMAND_FAILED.code,)


@contextlib.contextmanager
def telling(profile: Profile) -> Iterator[None]:
    """Run the command on changes while the block lasts, in a thread that never holds the block up."""
    cancellation = Cancellation()
    teller = Teller(profile)
    thread = threading.Thread(target=teller.run, args=(cancellation,), name="telling", daemon=True)
    thread.start()
    try:
        yield
    finally:
        cancellation.cancel()


class Teller:
    """Looks at the status, and runs the command when something is to be told."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._alarms: Mapping[str, Alarm] | None = None
        self._seen: int | None = None
        self._status: Status | None = None
        self._anew = Every(profile.clock, ANEW)

    def run(self, cancellation: Cancellation) -> None:
        """Look every two seconds until it is cancelled."""
        while not cancellation.cancelled:
            # What can't be read or written for a moment is looked at anew; the connector tells of it.
            with contextlib.suppress(ProblemError):
                self.look(cancellation)
            self._profile.clock.wait(cancellation.event, LOOK_SECONDS)

    def look(self, cancellation: Cancellation) -> None:
        """Tell what is to be told at this moment; raise `ProblemError` where it can't be found out."""
        on_change = self._profile.on_change
        if not on_change.command():
            self._alarms = None
            return
        now = self._profile.clock.monotonic()
        if self._alarms is None:
            self._alarms = told_before(on_change.told(), now)
        status = self._fresh_status()
        kept = {name: alarm for name, alarm in self._alarms.items() if name not in gone(status, self._alarms)}
        outcome = advanced(kept, standing(status, UNHEARD), now)
        self._alarms = outcome.alarms
        if outcome.told != on_change.told():
            # Noted first: a command that ends this process must not be run by each start anew.
            on_change.note_told(outcome.told)
        if outcome.changes:
            self._tell(status, outcome.changes, cancellation)

    def _fresh_status(self) -> Status:
        version = self._profile.connection.version()
        if self._status is None or version != self._seen or self._anew.is_due():
            self._status, self._seen = current_status(self._profile), version
            self._anew.done()
        return self._status

    def _tell(self, status: Status, changes: frozenset[Change], cancellation: Cancellation) -> None:
        on_change = self._profile.on_change
        told = json.dumps(status.as_json()).encode() + b"\n"
        words = {"ONCETUI_CHANGE": " ".join(sorted(changes))}
        failure = self._profile.programs.run(on_change.command(), told, words, cancellation)
        if failure != on_change.failure():
            on_change.note_failure(failure)
