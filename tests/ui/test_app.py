"""The app shell: help, palette, look, and what it prints when it fails."""

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from oncetui.__main__ import quieten
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SETTINGS_UNREADABLE
from oncetui.ui.app import OncetuiApp
from oncetui.ui.appearance import TERMINAL_THEME, Appearance, theme_for
from oncetui.ui.crash import crash_report
from oncetui.ui.help import HelpScreen
from oncetui.ui.marks import ASCII, TYPOGRAPHIC, marks_for
from oncetui.ui.services import Opening, UiServices
from tests.ui.drawn import screen_text, until, until_text
from tests.ui.wizard.examples import DEMO, WizardAlone, World, on_account

PASSWORD = "hunter2"


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        ({"TERM": "xterm-256color"}, "oncetui"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "oncetui"),
        ({"TERM": "xterm-kitty"}, "oncetui"),
        ({"TERM": "xterm"}, TERMINAL_THEME),
        ({"TERM": "linux"}, TERMINAL_THEME),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, TERMINAL_THEME),
        ({}, TERMINAL_THEME),
    ],
)
def test_the_theme_fits_the_terminal(environment: dict[str, str], theme: str) -> None:
    assert theme_for(environment) == theme


@pytest.mark.parametrize(
    ("encoding", "marks"),
    [("UTF-8", TYPOGRAPHIC), ("utf8", TYPOGRAPHIC), ("ANSI_X3.4-1968", ASCII), ("iso8859-1", ASCII)],
)
def test_the_marks_fit_the_encoding(encoding: str, marks: object) -> None:
    assert marks_for(encoding) == marks


async def test_nothing_is_drawn_black_on_black_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = World().app(theme=TERMINAL_THEME)
    async with app.run_test() as pilot:
        await on_account(pilot)
        styles = [s.style for strip in app.screen._compositor.render_strips() for s in strip if s.style]
        assert styles
        assert all(style.color is None or style.color.is_default for style in styles)


async def test_the_help_screen_lists_the_keys_of_the_screen_below() -> None:
    app = World().app()
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await on_account(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        text = screen_text(app)
        for command in (*screen.commands_now(), *OncetuiApp.KEYS):
            assert command.shown_key in text
            assert command.help.split()[0] in text
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_a_question_mark_belongs_to_the_password_where_one_is_typed() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("tab", "question_mark")
        assert app.screen is screen
        assert "ctrl+g help" in screen_text(app)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_the_palette_holds_our_commands_and_those_of_the_demo_only() -> None:
    app = World().app(demo=DEMO)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await on_account(pilot)
        await pilot.press("ctrl+p")
        await until_text(pilot, "Demo: change the password")
        options = app.screen.query_one(OptionList)
        wanted = [command for command in (*screen.commands_now(), *app.KEYS) if command.in_palette]
        assert options.option_count == len(wanted) + len(DEMO.actions)
        assert not app.screen.query_one(Input).cursor_blink


async def test_a_demo_action_confirms_itself() -> None:
    app = World().app(demo=DEMO)
    async with app.run_test(notifications=True) as pilot:
        await on_account(pilot)
        app.run_demo_action(DEMO.actions[0])
        await until_text(pilot, "Changed.")


async def test_what_is_slow_to_import_is_fetched_after_the_first_paint() -> None:
    painted: list[str] = []
    world = World()
    app: OncetuiApp = world.app(warm_up=lambda: painted.append(screen_text(app)))
    async with app.run_test() as pilot:
        await until(pilot, lambda: painted)


async def test_the_first_line_is_painted_before_the_profile_is_opened() -> None:
    world = World()
    painted: list[str] = []

    def opened() -> UiServices:
        painted.append(screen_text(app))
        return world.services()

    app: OncetuiApp = WizardAlone(Opening(opened, Appearance()))
    async with app.run_test() as pilot:
        await on_account(pilot)
    assert painted[0].startswith(" oncetui")


async def test_a_profile_that_cannot_be_opened_ends_the_app_and_is_kept_for_the_command_line() -> None:
    failure = ProblemError(SETTINGS_UNREADABLE.problem(path="default.toml", reason="line 3"))

    def opened() -> UiServices:
        raise failure

    app = WizardAlone(Opening(opened, Appearance()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: not app.is_running)
    assert app.opening_failed is failure


def test_nothing_heavy_is_imported_for_the_first_paint() -> None:
    heavy = ("exchangelib", "sqlalchemy", "alembic", "requests", "keyring", "lxml", "cryptography", "click")
    code = (
        "import sys\nimport oncetui.ui.app, oncetui.ui.wizard.flow\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_crash_report_names_places_and_no_values() -> None:
    def broken(password: str) -> None:
        try:
            int(password)
        except ValueError as error:
            raise RuntimeError(f"{password} is no number") from error

    with pytest.raises(RuntimeError) as caught:
        broken(PASSWORD)
    report = crash_report(caught.value)
    assert PASSWORD not in report
    assert "builtins.RuntimeError" in report
    assert "builtins.ValueError" in report
    assert f"ui/{Path(__file__).name}" in report


async def test_a_crash_of_the_app_prints_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(password: str) -> None:
        raise ArithmeticError(password)

    async def run() -> None:
        app = World().app()
        async with app.run_test() as pilot:
            await on_account(pilot)
            app.call_later(broken, PASSWORD)
            await until(pilot, lambda: not app.is_running)

    with pytest.raises(ArithmeticError):
        await run()
    printed = capsys.readouterr()
    assert "ArithmeticError" in printed.err
    assert PASSWORD not in printed.err + printed.out


def test_textual_is_kept_from_writing_down_what_is_typed() -> None:
    environment = {"TEXTUAL_LOG": "keys.log", "TEXTUAL": "debug,devtools", "TERM": "xterm"}
    quieten(environment)
    assert environment == {"TERM": "xterm"}


def test_debugging_is_allowed_where_it_is_asked_for() -> None:
    environment = {"TEXTUAL_LOG": "keys.log", "ONCETUI_DEBUG": "1"}
    quieten(environment)
    assert "TEXTUAL_LOG" in environment


def test_the_appearance_of_this_terminal_can_be_told() -> None:
    assert Appearance.of_terminal().theme == "oncetui"


@pytest.mark.parametrize("no_color", [True, False])
async def test_muted_text_is_dim_where_there_are_few_colours(
    monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = World().app(theme=TERMINAL_THEME)
    async with app.run_test() as pilot:
        await on_account(pilot)
        pieces = [piece for strip in app.screen._compositor.render_strips() for piece in strip]
    help_lines = [piece for piece in pieces if "your Exchange (Outlook) address" in piece.text]
    labels = [piece for piece in pieces if piece.text.strip() == "Email"]
    assert [piece.style and piece.style.dim for piece in help_lines] == [True]
    assert not any(piece.style and piece.style.dim for piece in labels)
