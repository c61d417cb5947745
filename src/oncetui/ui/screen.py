"""What every screen of ours has: commands, a key line that shows them, a paragraph of help."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus, Mount
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from oncetui.ui.commands import Command
from oncetui.ui.marks import Marks
from oncetui.ui.services import UiServices
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.keys_in_order import KeysInOrder

if TYPE_CHECKING:
    from oncetui.ui.app import OncetuiApp

Result = TypeVar("Result")


class Commanded:
    """Commands of a screen; `ABOUT` is what the help screen says first."""

    KEYS: ClassVar[tuple[Command, ...]] = ()
    ABOUT: ClassVar[str] = ""

    def may_quit(self) -> bool:
        """Tell whether the program may quit at once; a screen that asks a question first says no."""
        return True

    def before_quit(self) -> None:
        """Keep what should outlive the program; it quits right after."""

    def offers(self, command: Command) -> bool:  # noqa: ARG002  # the subject of what subclasses decide
        """Tell whether a command makes sense at this moment; one that doesn't is not shown."""
        return True

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands that make sense at this moment."""
        return tuple(command for command in self.KEYS if self.offers(command))


# Tab goes before the focused field: letters that come right behind it, as on a slow line, would otherwise
# still land in the field that is left, a password in the email.
_IN_ORDER: list[BindingType] = [
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
]


class OurScreen(Commanded, Screen[Result], Generic[Result]):
    """A full screen; compose it from a `Headline`, what it is about, and a `KeyLine`."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = _IN_ORDER
    # Textual's own paints the whole screen anew, 4 kB, with each move of the focus; the widgets that win and
    # lose it repaint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]  # noqa: RUF012  # Textual declares it so

    @property
    def services(self) -> UiServices:
        """What the app was given."""
        return services_of(self)

    @property
    def our_app(self) -> "OncetuiApp":
        """The app, with what only ours has."""
        return cast("OncetuiApp", self.app)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return self.services.appearance.marks

    def tell(self, sentence: str) -> None:
        """Say what something outside this screen did."""
        self.app.notify(sentence)

    def refresh_keys(self) -> None:
        """Show the commands that make sense now."""
        typing = isinstance(self.focused, KeysInOrder) and self.focused.takes_question_mark
        for line in self.query(KeyLine):
            line.show_commands(self.commands_now(), typing=typing)

    @on(Mount)
    @on(DescendantFocus)
    def _keys_may_differ(self) -> None:
        self.refresh_keys()


class OurModal(Commanded, ModalScreen[Result], Generic[Result]):
    """A question or a page over another screen, in a `#sheet` container."""

    BINDINGS: ClassVar[list[BindingType]] = _IN_ORDER

    @property
    def services(self) -> UiServices:
        """What the app was given."""
        return services_of(self)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return self.services.appearance.marks


def services_of(screen: Screen[Result]) -> UiServices:
    """Return what the app was given."""
    return cast("OncetuiApp", screen.app).services


def commands_on(screen: Screen[object]) -> Sequence[Command]:
    """Return a screen's commands of this moment, none for a screen that isn't ours."""
    return screen.commands_now() if isinstance(screen, Commanded) else ()
