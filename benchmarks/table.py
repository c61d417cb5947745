"""A calm table of what was measured: what, measured, limit, and whether it is within it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement; without a limit it is there to compare with."""

    what: str
    measured: str
    limit: str = ""
    over: bool = False

    @property
    def verdict(self) -> str:
        """Whether it is within its limit, nothing where it has none."""
        if not self.limit:
            return ""
        return "over" if self.over else "ok"


def at_most(what: str, value: float, limit: float, unit: str, *, decimals: int = 2) -> Row:
    """Return the row of a value that must not pass its limit."""
    return Row(what, told(value, unit, decimals), told(limit, unit, decimals), value > limit)


def compared(what: str, value: float, unit: str, *, decimals: int = 2) -> Row:
    """Return the row of a value that has no limit of its own."""
    return Row(what, told(value, unit, decimals))


def told(value: float, unit: str, decimals: int) -> str:
    """Return a value as it is read out, without zeros that say nothing."""
    number = f"{value:.{decimals}f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {unit}".rstrip()


def lines_of(title: str, rows: Iterable[Row]) -> list[str]:
    """Return a section's lines: its title, then a row a line in columns that fit 100 characters."""
    lines = [title]
    for row in rows:
        line = f"  {row.what:<62} {row.measured:>12}  {row.limit:>10}  {row.verdict}"
        lines.append(line.rstrip())
    return lines
