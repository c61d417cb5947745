"""What the search for the server tells: a title with the seconds, and a row for each place."""

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from oncetui.model.discovering import SearchStep, StepMark
from oncetui.setup.search_panel import SearchPanel
from oncetui.ui.marks import Marks

_INTRODUCTION = (
    "  The server is looked for while you type the password.",
    "  Your password goes nowhere before you press Enter.",
)
_PLACE = 36
_SECONDS = 8


class SearchList(Widget):
    """Paints a `SearchPanel`; it takes the room that is left, and says how many rows don't fit."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._signs = {
            StepMark.WAITING: marks.idle,
            StepMark.RESOLVING: marks.asking,
            StepMark.ASKING: marks.asking,
            StepMark.FOUND: marks.good,
            StepMark.NOTHING: marks.idle,
            StepMark.FAILED: marks.bad,
        }
        self._panel: SearchPanel | None = None
        self._seconds = ""
        self._lines: tuple[Content, ...] = ()

    def show(self, panel: SearchPanel | None, now: float) -> None:
        """Paint a search; `now` is monotonic, and whole seconds are shown while it runs."""
        seconds = ""
        if panel is not None:
            elapsed = panel.elapsed(now)
            seconds = f"{elapsed:.1f} s" if panel.finished else f"{int(elapsed)} s"
        self._panel, self._seconds = panel, seconds
        self._repaint()

    def on_resize(self) -> None:
        """Fill the room anew."""
        self._lines = ()

    def render(self) -> Content:
        """Return the title and as many rows as fit."""
        self._lines = self._drawn()
        return Content("\n").join(self._lines)

    def _repaint(self) -> None:
        """Repaint only the rows that changed, of the title only its seconds: a slow line is busy enough."""
        before, after = self._lines, self._drawn()
        if not before or len(before) != len(after):
            self.refresh()
            return
        width = self.size.width
        for row, (old, new) in enumerate(zip(before, after, strict=True)):
            if old.plain[:-_SECONDS] != new.plain[:-_SECONDS] or old.spans[:-1] != new.spans[:-1]:
                self.refresh(Region(0, row, width, 1))
            elif old != new:
                self.refresh(Region(width - _SECONDS, row, _SECONDS, 1))

    def _drawn(self) -> tuple[Content, ...]:
        panel, width, height = self._panel, self.size.width, self.size.height
        if panel is None:
            return tuple(Content.styled(line, "$text-muted") for line in _INTRODUCTION)
        told = "" if self._seconds in panel.title else self._seconds
        title = f"  {panel.title}"
        title += " " * max(1, width - len(title) - _SECONDS)
        lines = [
            Content.styled(self._marks.rule * width, "$panel"),
            Content.assemble((title, "bold"), (told.rjust(_SECONDS - 1).ljust(_SECONDS), "$text-muted")),
        ]
        lines.extend(self._rows(panel.steps, height - len(lines), width))
        return tuple(lines)

    def _rows(self, steps: tuple[SearchStep, ...], room: int, width: int) -> list[Content]:
        if len(steps) <= room:
            return [self._row(step, width) for step in steps]
        told_first = sorted(steps, key=lambda step: step.mark is not StepMark.FOUND)
        shown = told_first[: max(0, room - 1)]
        more = f"    {len(steps) - len(shown)} more: ctrl+d"
        return [*(self._row(step, width) for step in shown), Content.styled(more, "$text-muted")]

    def _row(self, step: SearchStep, width: int) -> Content:
        sign = self._marks.padded(self._signs[step.mark])
        told = step.told
        if step.seconds is not None and step.mark is StepMark.FOUND:
            told = f"{told} {self._marks.idle} {step.seconds:.1f} s"
        row = Content.assemble(
            "  ",
            (sign, "bold $success" if step.mark is StepMark.FOUND else "$text-muted"),
            " ",
            (step.place.ljust(_PLACE), "" if step.mark is StepMark.FOUND else "$text-muted"),
            " ",
            (told, "" if step.mark is StepMark.FOUND else "$text-muted"),
        )
        return row.truncate(width, ellipsis=True)
