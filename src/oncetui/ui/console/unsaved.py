"""Screens on which something can be typed or chosen: Esc never loses it without a word."""

from typing import Generic, TypeVar

from oncetui.ui.screen import OurScreen

Result = TypeVar("Result")


class UnsavedScreen(OurScreen[Result | None], Generic[Result]):
    """Leaves at once where nothing would be lost; otherwise the first Esc says what, the second leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._warned_of_leaving = ""

    def unsaved(self) -> str:
        """Return the sentence on what leaving would lose, and which key keeps it; empty where nothing."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """Say something on this screen."""
        raise NotImplementedError

    def left(self) -> Result | None:
        """Return what the screen closes with when it is left."""
        return None

    def action_back(self) -> None:
        """Go back; where something would be lost, say first what."""
        would_be_lost = self.unsaved()
        if would_be_lost and would_be_lost != self._warned_of_leaving:
            self._warned_of_leaving = would_be_lost
            self.tell(f"{would_be_lost}, esc again leaves without.")
        else:
            self.dismiss(self.left())
