"""What is told of a profile that another connector holds."""

from datetime import UTC, datetime

from oncetui.connector.holding import held_elsewhere
from oncetui.model.status import Heartbeat


def test_the_holder_is_named_by_its_process_and_since_when_it_runs() -> None:
    started = datetime(2026, 3, 1, 12, tzinfo=UTC)
    problem = held_elsewhere(Heartbeat(4711, started, started))
    assert "process 4711, since 2026-03-01T12:00:00Z" in problem.what


def test_a_holder_that_never_told_of_itself_is_unknown() -> None:
    assert dict(held_elsewhere(None).evidence)["pid"] == "unknown"
