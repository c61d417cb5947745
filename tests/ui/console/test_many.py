"""Many pages and calendars, long and foreign names, small and resized screens."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar
from oncetui.ui.console.calendars import CalendarsScreen
from oncetui.ui.console.pages import PagesScreen
from oncetui.ui.widgets.field import Field
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import SMALL, screen_text, until, until_text

NARROW = (60, 20)
NAMES = (
    "予約カレンダー(東京本社・営業部・第三会議室)",
    "📅 Team ✨",
    "יומן פגישות",
    "A calendar with a name that is longer than any screen would ever be wide enough for",
)


def crowded() -> Office:
    """Twelve pages and thirty calendars, some with names that want care."""
    made = office().connect()
    now = made.clock.now()
    names = {n: NAMES[n - 5] if n < 9 else f"Room {n}" for n in range(5, 31)}
    more = [Calendar(f"c{n}", f"k{n}", name, writable=n % 3 > 0, read_at=now) for n, name in names.items()]
    made.store.busy.known |= {one.id: one for one in more}
    for n in range(3, 13):
        name = NAMES[n - 3] if n < 7 else f"Consultation {n}"
        page = replace(PAGES[0], id=f"page-{n}", name=name, associated=AssociatedCalendars("c1"))
        made.store.pages.save(page)
    return made


async def test_the_cursor_stays_in_sight_on_a_long_matrix() -> None:
    async with opened(crowded()) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))
        for keys in (["pagedown"], ["pagedown"], ["end"], ["pageup"], ["home"]):
            await pilot.press(*keys)
            lines = screen_text(pilot.app).splitlines()
            assert sum("▌" in line for line in lines) == 1
            assert any("go into" in line for line in lines)


@pytest.mark.parametrize("size", [SMALL, NARROW], ids=["small", "narrow"])
async def test_names_of_any_script_keep_the_columns_in_place(size: tuple[int, int]) -> None:
    async with opened(crowded(), size) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))
        await pilot.press("end")
        lines = screen_text(pilot.app).splitlines()
        signs = [line for line in lines if "[ ]" in line or "[x]" in line]
        assert len(signs) > 5
        assert len({cell_len(line[: line.rindex("[")]) for line in signs}) == 1
        assert all(cell_len(line) <= size[0] for line in lines)
        await drawn_as_stored(pilot, "console-calendars-many")


async def test_the_chosen_page_stays_in_sight_on_a_long_list() -> None:
    async with opened(crowded(), NARROW) as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, PagesScreen))
        await drawn_as_stored(pilot, "console-pages-many")
        await pilot.press("end")
        await until_text(pilot, "▌(•)")
        await pilot.press("home")
        await until_text(pilot, "▌(•)")


@pytest.mark.parametrize(
    ("keys", "shows", "name"),
    [
        ([], "Connected to", "console-connected"),
        (["c"], "make busy", "console-calendars"),
        (["p", "enter"], "Working hours", "console-page-editor"),
        (["a"], "Dana Reyes", "activity"),
        (["b"], "Email", "book"),
        (["s"], "Chosen", "console-sync"),
    ],
    ids=["status", "calendars", "editor", "activity", "book", "sync"],
)
async def test_sixty_columns_are_enough(keys: list[str], shows: str, name: str) -> None:
    async with opened(office().connect().book(), NARROW) as pilot:
        for key in keys:
            await pilot.press(key)
        await until_text(pilot, shows)
        if name == "book":
            await until_text(pilot, "(•)")
        await drawn_as_stored(pilot, name)


async def test_a_resize_keeps_what_was_typed_and_chosen() -> None:
    async with opened(office().connect()) as pilot:
        await pilot.press("b")
        await until_text(pilot, "(•)")
        pilot.app.screen.query_one("#name", Field).value = "Dana Reyes"
        await pilot.press("right")
        await until_text(pilot, "Tuesday 24 Nov")
        await pilot.resize_terminal(*NARROW)
        await until_text(pilot, "Dana Reyes")
        await pilot.resize_terminal(120, 40)
        await until_text(pilot, "Tuesday 24 Nov")
        assert pilot.app.screen.query_one("#name", Field).value == "Dana Reyes"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
