"""The wizard from its first screen to the console, forth and back."""

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL, SETTINGS_UNREADABLE
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.setup.fields import FieldName
from oncetui.ui.add_calendar import AddCalendarScreen
from oncetui.ui.wizard.account import AccountScreen
from oncetui.ui.wizard.calendars import CalendarsScreen
from oncetui.ui.wizard.keeping import KeepingScreen
from oncetui.ui.wizard.passphrase import PassphraseScreen
from oncetui.ui.wizard.summary import SummaryScreen
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.ui.drawn import LARGE, SMALL, check_golden, screen_text, until, until_text
from tests.ui.wizard.examples import (
    EMAIL,
    PASSWORD,
    ConsoleStandIn,
    World,
    on_account,
    sign_in,
    the_field,
)

SEALED = (KeptIn.FILE, KeptIn.PASSPHRASE)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


async def reach(pilot: Pilot[Any], screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen) and pilot.app.screen.focused is not None)


async def to_calendars(pilot: Pilot[Any]) -> None:
    await sign_in(pilot)
    await reach(pilot, CalendarsScreen)


async def to_keeping(pilot: Pilot[Any]) -> None:
    await to_calendars(pilot)
    await pilot.press("enter")
    await reach(pilot, KeepingScreen)


async def to_summary(pilot: Pilot[Any]) -> None:
    await to_keeping(pilot)
    await until_text(pilot, "first heartbeat")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SummaryScreen))


@SIZES
async def test_the_calendars_step_shows_the_usual_choice(size: tuple[int, int]) -> None:
    app = World().app()
    async with app.run_test(size=size) as pilot:
        await to_calendars(pilot)
        check_golden(app, "calendars")


async def test_events_that_will_not_block_are_listed_from_the_calendars_step() -> None:
    world = World()
    noon = world.clock.now().replace(hour=12) + timedelta(days=1)
    window = Window(noon, noon + timedelta(hours=1))
    world.opener.mailbox.add_event("k1", window, Showing.FREE, subject="Berlin fair")
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await to_calendars(pilot)
        await pilot.press("e")
        await until_text(pilot, "Berlin fair")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
    assert "Berlin fair" not in repr(vars(world.store.busy))


@SIZES
async def test_the_keeping_step_says_how_well_each_place_protects(size: tuple[int, int]) -> None:
    app = World().app()
    async with app.run_test(size=size) as pilot:
        await to_keeping(pilot)
        await until_text(pilot, "first heartbeat")
        check_golden(app, "keeping")


@SIZES
async def test_the_summary_tells_what_was_found_and_saved(size: tuple[int, int]) -> None:
    app = World().app()
    async with app.run_test(size=size) as pilot:
        await to_summary(pilot)
        check_golden(app, "summary")


async def test_enter_all_the_way_connects_and_opens_the_console() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        await to_summary(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConsoleStandIn))
    saved = world.store.settings.load()
    assert saved is not None
    assert (saved.mailbox, saved.kept_in, saved.sync_mode) == (EMAIL, KeptIn.KEYRING, SyncMode.REAL_TIME)
    assert world.store.connection.load().state is State.CONNECTED
    assert world.places.place(KeptIn.KEYRING).secret == Secret(PASSWORD)
    assert world.opener.gateways[0].closed


async def test_the_choices_of_each_step_are_the_ones_that_are_saved() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        await to_calendars(pilot)
        await pilot.press("down", "down", "right", "space")
        await until_text(pilot, "Bookings go into Calendar and Team Sales.")
        await pilot.press("enter")
        await reach(pilot, KeepingScreen)
        await pilot.press("down", "tab", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
    saved = world.store.settings.load()
    assert saved is not None
    assert (saved.kept_in, saved.sync_mode) == (KeptIn.FILE, SyncMode.AUTO)
    names = {calendar.id: calendar.name for calendar in world.store.busy.calendars()}
    (page,) = world.store.pages.pages()
    assert {names[one] for one in page.associated.additional} == {"Team Sales"}


async def test_a_choice_that_the_rules_refuse_changes_nothing_and_says_why() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        await to_calendars(pilot)
        await pilot.press("end", "space")
        await until_text(pilot, "Holidays is read-only, so bookings can't go into it.")
        assert "Bookings go into Calendar." in screen_text(app)


async def test_back_loses_nothing_and_closes_the_connection() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        await to_keeping(pilot)
        await pilot.press("down")
        await until_text(pilot, "(•) Auto-sync")
        await pilot.press("escape")
        await reach(pilot, CalendarsScreen)
        await pilot.press("escape")
        screen = await on_account(pilot)
        await until(pilot, lambda: world.opener.gateways[0].closed)
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert the_field(screen, FieldName.PASSWORD).secret_input.secret == Secret(PASSWORD)
        await pilot.press("enter")
        await reach(pilot, CalendarsScreen)
        await pilot.press("enter")
        await reach(pilot, KeepingScreen)
        assert "(•) Auto-sync" in screen_text(app)
    assert world.store.settings.load() is None


async def test_a_failure_at_the_end_is_told_there_and_saves_nothing() -> None:
    world = World()
    world.opener.mailbox.unreadable["k2"] = ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))
    app = world.app()
    async with app.run_test() as pilot:
        await to_keeping(pilot)
        await pilot.press("enter")
        await until_text(pilot, "mail.contoso.example")
        await until_text(pilot, "then press Enter to")
        assert isinstance(app.screen, KeepingScreen)
        assert world.store.settings.load() is None
        world.opener.mailbox.unreadable.clear()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))


async def test_esc_on_the_summary_says_why_there_is_no_way_back() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        await to_summary(pilot)
        await pilot.press("escape")
        await until_text(pilot, "It is saved already.")
        assert isinstance(app.screen, SummaryScreen)


async def test_esc_in_a_wizard_that_the_console_opened_leads_back_to_it() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        app.console_is_open = True
        await on_account(pilot)
        await until_text(pilot, "esc go back")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConsoleStandIn))


async def test_a_place_that_fails_is_told_and_another_can_be_chosen() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        await to_keeping(pilot)
        world.places.place(KeptIn.KEYRING).fails_with = DISK_FULL.problem(path="the keyring", reason="full")
        await pilot.press("enter")
        await until_text(pilot, "the keyring can't be written: full")
        await pilot.press("tab", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
    assert world.places.place(KeptIn.FILE).secret == Secret(PASSWORD)


async def test_a_passphrase_is_typed_twice_before_anything_is_saved_and_never_shown() -> None:
    world = World(places=InMemorySecretPlaces(*(InMemorySecretStore(kept_in) for kept_in in SEALED)))
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await to_keeping(pilot)
        await pilot.press("tab", "down", "enter")
        await reach(pilot, PassphraseScreen)
        check_golden(app, "passphrase")
        await pilot.press(*"short", "enter")
        await until_text(pilot, "at least 12 characters, as in")
        await pilot.press(*" words in a row", "enter", *"short words in a raw", "enter")
        await until_text(pilot, "These aren't the same")
        assert world.store.settings.load() is None
        await pilot.press(*"four words in a row", "enter", *"four words in a row", "enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        assert "four words" not in screen_text(app)
    assert world.places.passphrase == Secret("four words in a row")
    assert world.places.place(KeptIn.PASSPHRASE).secret == Secret(PASSWORD)


async def test_esc_stops_the_last_reading_and_leads_back_to_the_account() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        await to_keeping(pilot)
        gateway = world.opener.gateways[0]
        gateway.gate.shut()
        await pilot.press("enter")
        await until(pilot, gateway.gate.arrived.is_set)
        assert "Reading your calendars and saving…" in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, AccountScreen))
        await until_text(pilot, "Stopped; nothing was saved.")
        assert world.store.settings.load() is None
        await pilot.press("enter")
        await reach(pilot, CalendarsScreen)


async def test_a_shared_calendar_is_added_by_its_address() -> None:
    world = World()
    shared = FoundCalendar("k9", "Room Oslo", writable=True, owner="oslo@contoso.example")
    world.opener.mailbox.shared["oslo@contoso.example"] = shared
    app = world.app()
    async with app.run_test() as pilot:
        await to_calendars(pilot)
        await pilot.press("a")
        await reach(pilot, AddCalendarScreen)
        await pilot.press(*"oslo", "enter")
        await until_text(pilot, "An email address has an @ in it")
        await pilot.press(*"@contoso.example", "enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        await until_text(pilot, "Room Oslo")


async def test_the_wizard_that_is_opened_again_asks_anew() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        await to_summary(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConsoleStandIn))
        app.open_wizard()
        screen = await on_account(pilot)
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert the_field(screen, FieldName.PASSWORD).secret_input.is_empty


async def test_settings_that_cannot_be_read_are_told_on_the_first_screen() -> None:
    world = World()
    world.store.settings.unreadable = SETTINGS_UNREADABLE.problem(path="default.toml", reason="line 3")
    app = world.app()
    async with app.run_test() as pilot:
        await on_account(pilot)
        await until_text(pilot, "default.toml can't be read: line 3")
