"""A screen that changes a booking: work that blocks goes on in a thread, and Esc stops waiting for it."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.model.problems.bookings import NOT_YET_CONFIRMED
from oncetui.model.profile import Profile
from oncetui.ui.console.activity.outcomes import STOPPED, failure_sentence
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.unsaved import UnsavedScreen

Doing = Callable[[Profile, Cancellation], str]
"""Does it, blocking, and returns the sentence that says so; raises `ProblemError`."""


class DoingScreen(UnsavedScreen[str]):
    """Closes with the sentence that says what was done, or with None where nothing was.

    A subclass composes an `#outcome` line. What could not be done is told there and leaves the screen open;
    what waits in the outbox is out of a person's hands, and closes it.
    """

    @dataclass
    class Done(Message):
        """It is done, or it could not be."""

        sentence: str
        done: bool

    def __init__(self) -> None:
        super().__init__()
        self._under_way: Cancellation | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is being done at this moment."""
        return self._under_way is not None

    def begin(self, says: str, doing: Doing) -> None:
        """Begin to do something, unless something is being done already."""
        if self._under_way is None:
            self._under_way = Cancellation()
            self.tell(f"{says}… (esc stops waiting)")
            self._work(doing, self._under_way)

    def could_not(self) -> None:
        """Show anew what may have changed, after something could not be done."""

    def tell(self, sentence: str) -> None:
        """Say something on this screen."""
        self.query_one("#outcome", Drawn).show(sentence)

    def on_unmount(self) -> None:
        """Give up what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()

    def action_back(self) -> None:
        """Go back; where something is under way, stop waiting for it."""
        if self._under_way is None:
            super().action_back()
        else:
            self._under_way.cancel()

    def unsaved(self) -> str:
        """Say what was typed, where a subclass takes any."""
        return ""

    @on(Done)
    def _done(self, done: Done) -> None:
        self._under_way = None
        if done.done:
            self.dismiss(done.sentence)
        else:
            self.tell(done.sentence)
            self.could_not()

    @work(thread=True, group="deed", description="changing a booking")
    def _work(self, doing: Doing, cancellation: Cancellation) -> None:
        try:
            sentence = doing(self.services.profile, cancellation)
        except ProblemError as error:
            waits = error.problem.code == NOT_YET_CONFIRMED.code
            self.post_message(self.Done(failure_sentence(error.problem), done=waits))
        except CancelledByUserError:
            self.post_message(self.Done(STOPPED, done=True))
        else:
            self.post_message(self.Done(sentence, done=True))
