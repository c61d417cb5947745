"""Keys that arrive in one piece, as from a paste or over a slow line, mean what they mean one by one."""

import asyncio
from collections.abc import Sequence

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.plain_input import PlainInput
from oncetui.ui.widgets.secret_input import SecretInput


class TwoFields(OurScreen[None]):
    def compose(self) -> ComposeResult:
        yield PlainInput(id="email")
        yield SecretInput(id="password")

    def on_mount(self) -> None:
        self.query_one("#email").focus()


class Form(App[None]):
    submitted: str | None = None

    def get_default_screen(self) -> Screen[None]:
        return TwoFields()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.submitted = event.input.value


def typed_in_one_piece(keys: Sequence[str]) -> tuple[str, str, str | None]:
    """Return both fields and what was submitted, after all keys came before any was looked at."""

    async def run() -> tuple[str, str, str | None]:
        app = Form()
        async with app.run_test() as pilot:
            for key in keys:
                app.post_message(Key(key, key if len(key) == 1 else None))
            await pilot.pause()
            await pilot.pause()
            values = [app.screen.query_one(f"#{name}", Input).value for name in ("email", "password")]
            return values[0], values[1], app.submitted

    return asyncio.run(run())


def test_tab_between_two_texts_parts_them() -> None:
    assert typed_in_one_piece([*"anna", "tab", *"s3cret", "enter"]) == ("anna", "s3cret", "s3cret")


@pytest.mark.parametrize("field", [[], ["tab"]], ids=["plain", "secret"])
def test_editing_keys_act_where_they_were_pressed(field: list[str]) -> None:
    keys = [*field, *"abx", "backspace", "c", "home", "z", "ctrl+u", *"de", "left", "f"]
    assert "dfeabc" in typed_in_one_piece(keys)
