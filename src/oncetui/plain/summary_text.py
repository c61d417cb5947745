"""The end of set-up as text."""

from collections.abc import Iterator

from oncetui.plain.console_io import CAUTION, GOOD
from oncetui.setup.summary import Summary


def summary_lines(summary: Summary) -> Iterator[str]:
    """Return the summary line by line: what was found, where it is saved, what to run next."""
    yield "Connected"
    width = max(len(line.label) for line in summary.lines)
    for line in summary.lines:
        yield f"  {GOOD if line.good else CAUTION} {line.label:<{width}}  {line.text}"
    yield ""
    yield summary.saved
    yield (
        f"Next: “{summary.console_command}” opens the console, “{summary.run_command}” keeps the connection "
        "without a screen."
    )
