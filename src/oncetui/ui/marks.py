"""Marks that say a state before a colour does, with ASCII forms for terminals without UTF-8."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """The signs that screens draw with; every one of them reads without colour."""

    good: str = "✓"
    caution: str = "!"
    bad: str = "✗"
    idle: str = "·"
    asking: str = "…"
    missing: str = "–"
    chosen: str = "(•)"
    not_chosen: str = "( )"
    ticked: str = "[x]"
    not_ticked: str = "[ ]"
    focus: str = "▌"
    rule: str = "─"
    hidden: str = "•"
    arrow: str = "→"

    @property
    def width(self) -> int:
        """The columns that a state's mark takes, so that texts after marks line up."""
        return max(len(self.good), len(self.caution), len(self.bad), len(self.idle))

    def padded(self, mark: str) -> str:
        """Return a state's mark as wide as the widest of them."""
        return mark.ljust(self.width)


TYPOGRAPHIC = Marks()
ASCII = Marks(
    good="ok",
    bad="x",
    idle="-",
    asking=".",
    missing="-",
    chosen="(*)",
    focus="|",
    rule="-",
    hidden="*",
    arrow=">",
)


def marks_for(encoding: str) -> Marks:
    """Return the marks that a terminal of this encoding can show."""
    return TYPOGRAPHIC if encoding.lower().replace("-", "").replace("_", "") == "utf8" else ASCII
