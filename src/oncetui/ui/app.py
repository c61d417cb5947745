"""The app shell: two modes, one look, the keys that hold everywhere."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import ClassVar

from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette, Provider
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from oncetui.ui.appearance import TERMINAL_THEME
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.crash import crash_report
from oncetui.ui.marks import ASCII
from oncetui.ui.palette import OurCommands
from oncetui.ui.screen import Commanded, OurScreen, commands_on
from oncetui.ui.services import DemoAction, Opening, UiServices
from oncetui.ui.theme import OWN, TERMINAL, AsciiFilter, DimFilter
from oncetui.ui.theme.scroll_mark import ScrollMark
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.waiting import WaitingLine

HELP = Command(
    "question_mark,ctrl+g,f1", "keys", "", "Show what the keys do here (while typing a text: ctrl+g)."
)
PALETTE = Command("ctrl+p", "command_palette", "", "Find a command by its name.", in_palette=False)
QUIT = Command("ctrl+q,ctrl+c", "quit", "", "Quit; what you entered stays, except passwords.", first=True)

_HERE = Path(__file__).parent
STYLES = (
    _HERE / "theme/oncetui.tcss",
    _HERE / "widgets/field.tcss",
    _HERE / "widgets/choice_matrix.tcss",
)
"""Whole paths, since Textual looks for relative ones beside the subclass that a test may make."""
WARM_UP_AFTER = 0.5


class FirstScreen(Screen[None]):
    """The first line, at once."""

    def compose(self) -> ComposeResult:
        """Say whose screen this is."""
        yield Headline("one moment")


class OncetuiApp(App[int]):
    """Wizard and console over one profile; both modes import their screens when they are first shown."""

    TITLE = "oncetui"
    CSS_PATH: ClassVar[list[str | PurePath]] = list(STYLES)
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {OurCommands}
    KEYS: ClassVar[tuple[Command, ...]] = (HELP, PALETTE, QUIT)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, given: UiServices | Opening) -> None:
        # Told before the theme is set, since Textual picks its NO_COLOR filter here: the other one draws
        # the terminal's own colours black on black.
        super().__init__(ansi_color=True if given.appearance.theme == TERMINAL_THEME else None)
        self.opening_failed: BaseException | None = None
        self.demo_told = ""
        """What the last action of the demo did."""
        self.console_is_open = False
        """Whether the wizard was opened from the console, so that leaving it leads back there."""
        self._given = given
        self._services = given if isinstance(given, UiServices) else None
        self.animation_level = "none"
        # Textual asks for it on the class: bars are made in many places.
        ScrollBar.renderer = ScrollMark
        self.register_theme(OWN)
        self.register_theme(TERMINAL)
        self.theme = given.appearance.theme
        if given.appearance.theme == TERMINAL_THEME:
            # Before the filter that takes all colours away.
            self._filters.insert(0, DimFilter())
        if given.appearance.marks == ASCII:
            self._filters.append(AsciiFilter())
        self.add_mode("setup", self._wizard)
        self.add_mode("console", self._console)

    @property
    def services(self) -> UiServices:
        """What the screens are given; there once the first mode is shown."""
        if self._services is None:
            raise RuntimeError("nothing is opened yet")
        return self._services

    def get_default_screen(self) -> Screen[None]:
        """Return what is painted while the profile is opened."""
        return FirstScreen()

    def on_mount(self) -> None:
        """Begin where we were told, opening the profile first where that is still to be done."""
        if isinstance(self._given, Opening):
            self.call_after_refresh(self._open, self._given)
        else:
            self._begin(self._given)

    @work(thread=True, group="opening", exit_on_error=False, description="opening")
    def _open(self, opening: Opening) -> UiServices:
        return opening.open()

    @on(Worker.StateChanged)
    def _opened(self, event: Worker.StateChanged) -> None:
        if event.worker.group != "opening":
            return
        if event.state is WorkerState.SUCCESS and isinstance(event.worker.result, UiServices):
            self._begin(event.worker.result)
        elif event.state is WorkerState.ERROR:
            self.opening_failed = event.worker.error
            self.exit()

    def _begin(self, services: UiServices) -> None:
        self._services = services
        self.console_is_open = services.start_in == "console"
        self.switch_mode(services.start_in)
        if services.warm_up is not None:
            # Imports hold the interpreter for long moments, so the first screen is drawn before them.
            self.set_timer(WARM_UP_AFTER, partial(self._warm_up, services.warm_up))

    @work(thread=True, group="warm-up", description="warm up")
    def _warm_up(self, warm_up: Callable[[], object]) -> None:
        warm_up()

    def open_console(self) -> None:
        """Leave the wizard for the console."""
        self.console_is_open = True
        self.switch_mode("console")

    def open_wizard(self) -> None:
        """Go to the wizard, anew where it ran before."""
        self.switch_mode("setup")

    def get_loading_widget(self) -> Widget:
        """Return a still line: an animation costs 47 kB a second."""
        return WaitingLine()

    async def action_quit(self) -> None:
        """Quit, after each screen had its say."""
        screens = [screen for screen in reversed(self.screen_stack) if isinstance(screen, Commanded)]
        if not all(screen.may_quit() for screen in screens):
            return
        for screen in screens:
            screen.before_quit()
        self.exit(0)

    def action_keys(self) -> None:
        """Show what the keys of the current screen do."""
        from oncetui.ui.help import HelpScreen  # noqa: PLC0415  # not needed for the first paint

        if isinstance(self.screen, HelpScreen):
            return
        about = self.screen.ABOUT if isinstance(self.screen, Commanded) else ""
        self.push_screen(HelpScreen(about, commands_on(self.screen), self.KEYS))

    def run_demo_action(self, action: DemoAction) -> None:
        """Break or mend the simulated server, off the screen's thread, and say so."""
        self._play(action)

    @work(thread=True, group="demo", description="demo action")
    def _play(self, action: DemoAction) -> None:
        self.call_later(self._tell_of_demo, action.run())

    def _tell_of_demo(self, sentence: str) -> None:
        self.demo_told = sentence
        if isinstance(self.screen, OurScreen):
            self.screen.tell(sentence)
        else:
            self.notify(sentence)

    @on(CommandPalette.Opened)
    def _still_cursor(self) -> None:
        # A blinking cursor costs 2 kB a second over SSH.
        from textual.widgets import Input  # noqa: PLC0415  # not needed for the first paint

        for field in self.screen.query(Input):
            field.cursor_blink = False

    def _fatal_error(self) -> None:
        # Textual's report would print the local variables of each frame: see `crash`.
        error = sys.exception() or self._exception
        self.bell()
        self._exit_renderables.append(crash_report(error) if error is not None else "oncetui failed.")
        self._close_messages_no_wait()

    def _wizard(self) -> Screen[None]:
        from oncetui.ui.wizard.flow import WizardScreen  # noqa: PLC0415  # each mode imports when shown

        return WizardScreen()

    def _console(self) -> Screen[None]:
        from oncetui.ui.console.console import ConsoleScreen  # noqa: PLC0415  # each mode imports when shown

        return ConsoleScreen()
