"""What stands where something is loading: one still line with the seconds, instead of an animation."""

from time import monotonic

from textual.widgets import Static


class WaitingLine(Static):
    """`Signing in… 4 s`: a change a second and no more."""

    def __init__(self, doing: str = "One moment") -> None:
        super().__init__(f"{doing}…", markup=False)
        self._doing = doing
        self._began = monotonic()

    def on_mount(self) -> None:
        """Count from the first second on."""
        self._began = monotonic()
        self.set_interval(1.0, self._tell)

    def go_on(self, doing: str) -> None:
        """Say what is waited for now; the seconds go on."""
        if doing != self._doing:
            self._doing = doing
            self._tell()

    def _tell(self) -> None:
        self.update(f"{self._doing}… {round(monotonic() - self._began)} s")
