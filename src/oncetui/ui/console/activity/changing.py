"""The keys that change a booking, for the list and for the details alike."""

from collections.abc import Callable
from typing import TypeVar

from oncetui.model.bookings import Booking
from oncetui.ui.commands import Command
from oncetui.ui.console.activity.asking import AskingScreen
from oncetui.ui.console.activity.deeds import (
    ENDED,
    NOT_YET_CONFIRMED,
    Deed,
    canceling,
    completing,
    following_the_calendar,
    not_showing_up,
    restoring,
)
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.activity.moving import MovingScreen
from oncetui.ui.screen import OurScreen

Result = TypeVar("Result")

CANCEL = Command("c", "change('cancel')", "cancel", "Cancel this booking; first it says what that means.")
MOVE = Command("m", "move", "move", "Move this booking to another free time.")
FOLLOW = Command("f", "change('follow')", "follow", "Let the booking become as its event is now.")
RESTORE = Command("r", "change('restore')", "restore", "Put the booking's events back where they belong.")
COMPLETED = Command("d", "change('completed')", "", "Mark this booking as completed.")
NO_SHOW = Command("x", "change('no-show')", "", "Mark this booking as no-show.")
CHANGES = (CANCEL, MOVE, FOLLOW, RESTORE, COMPLETED, NO_SHOW)

NONE_CHOSEN = "There is no booking to change here."
PAGE_GONE = "Its booking page was deleted, so there are no times to choose from."
_DEEDS: dict[str, Callable[[Booking, KeptBookings], Deed | str]] = {
    "cancel": canceling,
    "follow": following_the_calendar,
    "restore": restoring,
    "completed": completing,
    "no-show": not_showing_up,
}


class ChangingScreen(OurScreen[Result]):
    """A screen on which one booking is chosen, and changed by keys."""

    def tell(self, sentence: str) -> None:
        """Say something on this screen."""
        raise NotImplementedError

    def chosen(self) -> tuple[Booking, KeptBookings] | None:
        """Return the booking that the keys are about, None without one."""
        raise NotImplementedError

    def offers(self, command: Command) -> bool:
        """Offer to settle what is unsettled, and to change what still stands."""
        found = self.chosen()
        if command in (FOLLOW, RESTORE):
            return found is not None and bool(found[0].unsettled)
        if command in CHANGES:
            return found is not None and found[0].status.stands
        return super().offers(command)

    def action_change(self, doing: str) -> None:
        """Ask before the deed is done, or say why it can't be."""
        found = self.chosen()
        deed = NONE_CHOSEN if found is None else _DEEDS[doing](*found)
        if isinstance(deed, str):
            self.tell(deed)
        else:
            self.app.push_screen(AskingScreen(deed), self._after)

    def action_move(self) -> None:
        """Choose another time, or say why there is none to choose."""
        found = self.chosen()
        if found is None:
            self.tell(NONE_CHOSEN)
            return
        booking, kept = found
        page = kept.pages.get(booking.page)
        if not booking.status.stands or booking.to_confirm or page is None:
            self.tell(
                ENDED if not booking.status.stands else NOT_YET_CONFIRMED if page is not None else PAGE_GONE
            )
            return
        self.app.push_screen(MovingScreen(booking, page, kept), self._after)

    def _after(self, sentence: str | None) -> None:
        self.tell(sentence or "")
