"""Who holds a profile, told to whoever finds it taken."""

from oncetui.model.problem import Problem
from oncetui.model.problems.local import CONNECTOR_HANGS, CONNECTOR_RUNS_ELSEWHERE
from oncetui.model.profile import Profile
from oncetui.model.status import Heartbeat, utc_text


def held_elsewhere(running: Heartbeat | None) -> Problem:
    """Return the problem of a profile whose lock another process holds; one that never beat has no number."""
    if running is None:
        return CONNECTOR_RUNS_ELSEWHERE.problem(pid="unknown", since="unknown")
    return CONNECTOR_RUNS_ELSEWHERE.problem(pid=running.pid, since=utc_text(running.started))


def hanging(profile: Profile) -> Problem | None:
    """Return the problem of a connector that lives and shows no sign of life, None where there is none."""
    silent = profile.commands.silent()
    return None if silent is None else CONNECTOR_HANGS.problem(pid=silent.pid, seen=utc_text(silent.seen))
