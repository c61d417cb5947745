"""When somebody is told that booking pages closed or opened, or that a warning came up: once each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from oncetui.model.state import State
from oncetui.model.status import Status

SETTLED_AFTER = 60.0
"""Seconds for which something has to be over before it counts as over: a flapping line tells nothing new."""


class Change(StrEnum):
    """What somebody is told of."""

    CLOSED = "closed"
    OPENED = "opened"
    WARNING = "warning"


@dataclass(frozen=True)
class Alarm:
    """Something that stands, or stood a moment ago; times are seconds of a clock that never goes back."""

    began: float
    last_seen: float
    told: bool = False


@dataclass(frozen=True)
class Outcome:
    """What stands now, and what is to be told of it."""

    alarms: Mapping[str, Alarm]
    changes: frozenset[Change]

    @property
    def told(self) -> frozenset[str]:
        """The names of what was told and stands."""
        return frozenset(name for name, alarm in self.alarms.items() if alarm.told)


def told_before(names: Iterable[str], now: float) -> dict[str, Alarm]:
    """Return what another run of the program has told already, as if it stood at this moment."""
    return {name: Alarm(now, now, told=True) for name in names}


def standing(status: Status, unheard: Iterable[str] = ()) -> dict[str, float]:
    """Return what is wrong by name, with the seconds for which its alarm waits.

    Closing doesn't wait, its alarm does, as long as its problem says. `unheard` are codes of warnings that
    nobody is told of.
    """
    record = status.record
    waits = record.problem.visible_after if record.problem and record.state is State.INTERRUPTED else 0.0
    wrong = {f"page:{page.page.id}": waits for page in status.pages if not page.accepting}
    codes = {warning.code: warning.visible_after for warning in status.warnings}
    return wrong | {f"warning:{code}": after for code, after in codes.items() if code not in set(unheard)}


def gone(status: Status, alarms: Iterable[str]) -> frozenset[str]:
    """Return the names of pages that there are no longer: they neither opened nor closed."""
    there = {f"page:{page.page.id}" for page in status.pages}
    return frozenset(name for name in alarms if name.startswith("page:") and name not in there)


def advanced(alarms: Mapping[str, Alarm], wrong: Mapping[str, float], now: float) -> Outcome:
    """Return what stands at this moment, and which changes are to be told because of it."""
    after: dict[str, Alarm] = {}
    changes: set[Change] = set()
    for name, waits in wrong.items():
        alarm = replace(alarms.get(name, Alarm(now, now)), last_seen=now)
        if not alarm.told and now - alarm.began >= waits:
            alarm = replace(alarm, told=True)
            changes.add(Change.CLOSED if name.startswith("page:") else Change.WARNING)
        after[name] = alarm
    for name in alarms.keys() - wrong.keys():
        alarm = alarms[name]
        if now - alarm.last_seen < SETTLED_AFTER:
            after[name] = alarm
        elif alarm.told and name.startswith("page:"):
            changes.add(Change.OPENED)
    return Outcome(after, frozenset(changes))
