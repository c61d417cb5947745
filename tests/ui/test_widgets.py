"""The widgets that the wizard and the console share."""

from collections.abc import Callable
from pathlib import PurePath
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar
from oncetui.model.secret import Secret
from oncetui.ui.app import STYLES
from oncetui.ui.commands import Command
from oncetui.ui.marks import TYPOGRAPHIC
from oncetui.ui.theme import OWN
from oncetui.ui.widgets.choice_matrix import ChoiceMatrix
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.secret_input import SecretInput
from oncetui.ui.widgets.waiting import WaitingLine
from tests.ui.drawn import screen_text, until

TYPED = "hunter?2"
CALENDARS = (
    Calendar("c1", "k1", "Calendar", writable=True, default=True),
    Calendar("c2", "k2", "Team", writable=True, owner="team@contoso.example"),
    Calendar("c3", "k3", "Holidays", writable=False),
)


class Holder(App[None]):
    """Holds one widget and what it posts."""

    CSS_PATH: ClassVar[list[str | PurePath]] = list(STYLES)
    AUTO_FOCUS = None

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self.register_theme(OWN)
        self.theme = OWN.name
        self.make = make
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.make()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.heard.append(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.heard.append(event)

    def on_input_blurred(self, event: Input.Blurred) -> None:
        self.heard.append(event)

    def on_secret_input_changed(self, event: Input.Changed) -> None:
        self.heard.append(event)

    def on_secret_input_submitted(self, event: Input.Submitted) -> None:
        self.heard.append(event)

    def on_secret_input_blurred(self, event: Input.Blurred) -> None:
        self.heard.append(event)

    def on_choice_matrix_toggled(self, event: ChoiceMatrix.Toggled) -> None:
        self.heard.append(event)


async def test_no_message_of_a_password_field_carries_the_password() -> None:
    app = Holder(SecretInput)
    async with app.run_test() as pilot:
        field = app.query_one(SecretInput)
        field.focus()
        await pilot.press(*["question_mark" if letter == "?" else letter for letter in TYPED], "enter")
        app.set_focus(None)
        await until(pilot, lambda: any("Blurred" in type(event).__name__ for event in app.heard))
        assert field.secret == Secret(TYPED)
        kinds = {type(event).__qualname__ for event in app.heard}
        assert kinds == {"SecretInput.Changed", "SecretInput.Submitted", "SecretInput.Blurred"}
        told = " ".join(f"{event!r} {getattr(event, 'value', '')}" for event in app.heard)
        assert TYPED not in told + repr(field)


async def test_a_password_is_neither_copied_nor_cut() -> None:
    app = Holder(SecretInput)
    async with app.run_test() as pilot:
        field = app.query_one(SecretInput)
        field.focus()
        field.value = TYPED
        field.action_select_all()
        await pilot.press("ctrl+x", "ctrl+c")
        assert field.secret == Secret(TYPED)
        assert app.clipboard == ""


async def test_an_error_takes_the_place_of_the_help_until_one_types_on() -> None:
    app = Holder(lambda: Field("Email", id="email", help="your address"))
    async with app.run_test() as pilot:
        field = app.query_one(Field)
        field.show(help="your address", error="It has no @.")
        await pilot.pause()
        assert "! It has no @." in screen_text(app)
        assert "your address" not in screen_text(app)
        assert field.has_class("has-error")
        field.input.focus()
        await pilot.press("a")
        assert not field.has_class("has-error")


async def test_an_empty_focused_field_shows_its_focus_as_a_character() -> None:
    app = Holder(lambda: Field("Email", id="email"))
    async with app.run_test() as pilot:
        assert TYPOGRAPHIC.focus not in screen_text(app)
        app.query_one(Field).focus_input()
        await pilot.pause()
        assert TYPOGRAPHIC.focus in screen_text(app)


async def test_the_matrix_toggles_by_the_rules_under_its_cursor() -> None:
    usual = AssociatedCalendars("c1", busy=frozenset({"c1"}))
    app = Holder(lambda: ChoiceMatrix(CALENDARS, usual, marks=TYPOGRAPHIC))
    async with app.run_test() as pilot:
        matrix = app.query_one(ChoiceMatrix)
        matrix.focus()
        await pilot.press("down", "right", "space", "right", "space")
        assert matrix.associated == AssociatedCalendars("c1", frozenset({"c2"}), frozenset({"c1", "c2"}))
        await pilot.press("end", "left", "left", "space")
        refused = app.heard[-1]
        assert isinstance(refused, ChoiceMatrix.Toggled)
        assert refused.choice.refused
        assert refused.calendar == CALENDARS[2]
        assert matrix.associated.main == "c1"


async def test_the_matrix_keeps_its_cursor_on_its_calendar() -> None:
    app = Holder(lambda: ChoiceMatrix(CALENDARS, AssociatedCalendars("c1"), marks=TYPOGRAPHIC))
    async with app.run_test() as pilot:
        matrix = app.query_one(ChoiceMatrix)
        matrix.focus()
        await pilot.press("down")
        new = Calendar("c0", "k0", "Another", writable=True)
        matrix.show((new, *CALENDARS), AssociatedCalendars("c1"))
        assert matrix.calendar == CALENDARS[1]
        matrix.show((new,), AssociatedCalendars())
        assert matrix.calendar == new


async def test_the_matrix_moves_on_with_its_cursor_below_titles_that_stay() -> None:
    many = tuple(Calendar(f"c{n}", f"k{n}", f"Calendar {n}", writable=True) for n in range(40))

    class Low(App[None]):
        CSS = "ChoiceMatrix { max-height: 100%; }"

        def compose(self) -> ComposeResult:
            yield ChoiceMatrix(many, AssociatedCalendars("c0"), marks=TYPOGRAPHIC)

    app = Low()
    async with app.run_test(size=(80, 10)) as pilot:
        app.query_one(ChoiceMatrix).focus()
        for keys, first, last, told in (
            (["down"], 0, 8, "31 below"),
            (["end"], 31, 39, "31 above"),
            (["pageup"], 29, 37, "29 above, 2 below"),
            (["home"], 0, 8, "31 below"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            lines = screen_text(app).splitlines()
            assert lines[0].split("  ")[1] == told
            assert "go into" in lines[0]
            assert lines[1].split("  ")[1].startswith(f"Calendar {first}")
            assert lines[9].split("  ")[1].startswith(f"Calendar {last}")
            assert sum("▌" in line for line in lines) == 1


async def test_the_way_out_stays_on_a_short_key_line() -> None:
    commands = [Command(letter, letter, "a rather long label", "") for letter in "abc"]
    app = Holder(KeyLine)
    async with app.run_test(size=(60, 5)) as pilot:
        app.query_one(KeyLine).show_commands([*commands, Command("escape", "back", "back", "")])
        await pilot.pause()
        assert screen_text(app).splitlines()[-1].strip() == "a a rather long label  esc back  ? help"


async def test_the_key_line_leaves_out_what_does_not_fit_but_never_help() -> None:
    commands = [Command(letter, letter, "a rather long label", "") for letter in "abcdef"]
    app = Holder(KeyLine)
    async with app.run_test(size=(60, 5)) as pilot:
        app.query_one(KeyLine).show_commands(commands)
        await pilot.pause()
        assert (
            screen_text(app).splitlines()[-1].strip()
            == "a a rather long label  b a rather long label  ? help"
        )


async def test_waiting_is_one_still_line() -> None:
    app = Holder(WaitingLine)
    async with app.run_test():
        assert screen_text(app).strip() == "One moment…"
