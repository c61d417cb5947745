"""The three classics of wrong settings: each is found on the console and mended from it by keys alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Showing, Window
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import drawn_as_stored, opened
from tests.ui.drawn import screen_text, until, until_text

MIDNIGHT = datetime(2026, 11, 24, 23, tzinfo=UTC)
FAIR = Window(MIDNIGHT, MIDNIGHT + timedelta(days=1))


def one_page(associated: AssociatedCalendars) -> Office:
    made = office(alone=True).connect()
    made.store.pages.delete(PAGES[1].id)
    made.store.pages.save(replace(PAGES[0], associated=associated))
    return made


async def test_bookings_that_go_nowhere_are_given_a_main_calendar() -> None:
    made = one_page(AssociatedCalendars(None, busy=frozenset({"c1"})))
    async with opened(made) as pilot:
        await until_text(pilot, "is closed: No main booking calendar is chosen")
        await until_text(pilot, "Press c to choose calendars.")
        await pilot.press("c", "space", "enter")
        await until_text(pilot, "The calendars of 1 booking page are saved.")
        await until_text(pilot, "1 booking page is open.")


async def test_a_main_calendar_that_became_read_only_is_exchanged_for_another() -> None:
    made = one_page(AssociatedCalendars("c4", busy=frozenset({"c4"})))
    async with opened(made) as pilot:
        await until_text(pilot, "Holidays has become read-only; choose another.")
        await pilot.press("c", "space", "enter")
        await until_text(pilot, "1 booking page is open.")


async def test_a_calendar_that_was_never_ticked_is_found_and_ticked() -> None:
    made = one_page(AssociatedCalendars("c1", busy=frozenset({"c1"})))
    made.opener.mailbox.add_event("k2", Window(MIDNIGHT + timedelta(hours=10), FAIR.end))
    async with opened(made) as pilot:
        await until_text(pilot, "Private has events in the coming fortnight, and no booking page")
        await pilot.press("c", "down", "down", "right", "right", "space", "enter")
        await until_text(pilot, "The calendars of 1 booking page are saved.")
        await until(pilot, lambda: "coming fortnight" not in screen_text(pilot.app))


async def test_free_events_are_listed_by_name_until_they_block() -> None:
    made = one_page(AssociatedCalendars("c1", busy=frozenset({"c1"})))
    mailbox = made.opener.mailbox
    fair = mailbox.add_event("k1", FAIR, Showing.FREE, subject="Berlin fair")
    async with opened(made) as pilot:
        await until_text(pilot, "won't block: marked")
        await pilot.press("e")
        await until_text(pilot, "Berlin fair")
        await drawn_as_stored(pilot, "console-free-events")
        mailbox.remove_event("k1", fair)
        mailbox.add_event("k1", FAIR, Showing.BUSY, subject="Berlin fair")
        await pilot.press("escape", "f")
        await until(pilot, lambda: "lists them" not in screen_text(pilot.app))
    assert "Berlin fair" not in repr(made.store.busy.held)
