"""What the search for the server shows while the password is typed."""

from dataclasses import dataclass, replace
from typing import Self

from oncetui.model.discovering import SearchResult, SearchStep
from oncetui.model.spelling import host_of


@dataclass(frozen=True)
class SearchPanel:
    """The search for one email address, step by step.

    `started` is monotonic seconds; `seconds` is how long it took, None while it runs. `steps` are merged
    by their key, in the order in which they were first told.
    """

    email: str
    started: float
    steps: tuple[SearchStep, ...] = ()
    seconds: float | None = None
    title: str = "Looking for your Exchange server"

    @property
    def finished(self) -> bool:
        """Whether every place was asked, or the time was up."""
        return self.seconds is not None

    def elapsed(self, now: float) -> float:
        """Return the seconds that the search has taken, or took; `now` is monotonic."""
        return max(0.0, now - self.started) if self.seconds is None else self.seconds

    def with_step(self, step: SearchStep) -> Self:
        """Return the panel with a step added, or put in the place of the one with its key."""
        if any(known.key == step.key for known in self.steps):
            steps = tuple(step if known.key == step.key else known for known in self.steps)
        else:
            steps = (*self.steps, step)
        return replace(self, steps=steps)

    def ended(self, result: SearchResult) -> Self:
        """Return the panel with what came of the search in its title."""
        merged = self
        for step in result.steps:
            merged = merged.with_step(step)
        return replace(merged, seconds=result.seconds, title=_outcome(result, len(merged.steps)))


def _outcome(result: SearchResult, places: int) -> str:
    if result.servers:
        return f"Found {host_of(result.servers[0].ews_url)}"
    if result.signposts:
        return f"{host_of(result.signposts[0].url)} tells the server to those who sign in"
    if places == 0:
        return f"Tried for {result.seconds:.1f} s"
    return f"Tried {places} {'place' if places == 1 else 'places'} in {result.seconds:.1f} s"
