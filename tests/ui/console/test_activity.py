"""The activity stream: what is listed, how it is filtered, and what its keys do to a booking."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.booked_events import BookedEvent
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.event_links import EventLink, EventState
from oncetui.model.stamps import Mark, Stamp
from oncetui.ui.console.activity.asking import AskingScreen
from oncetui.ui.console.activity.booking import BookScreen
from oncetui.ui.console.activity.details import BookingScreen
from oncetui.ui.console.activity.moving import MovingScreen
from oncetui.ui.console.activity.stream import ActivityScreen
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
DAY = timedelta(days=1)


def busy_week() -> Office:
    """Bookings to come: one as it should be, one moved in the calendar, one that waits; and two others."""
    made = office().connect().book()
    for page in PAGES:
        made.store.pages.save(replace(page, minimum_notice_minutes=0))
    dana, kim = made.store.bookings.kept
    moved_to = kim.start + timedelta(hours=1)
    moved = replace(
        kim.events[0], state=EventState.CHANGED, seen_start=moved_to, seen_end=moved_to + DAY / 48
    )
    waits = EventLink("c1", main=True)
    made.store.bookings.kept = [
        dana,
        replace(kim, events=(moved,)),
        other(dana, "b3", "Lee Tan", 2, events=(waits,)),
        other(
            dana, "b4", "Mia Holm", 4, status=BookingStatus.CANCELED, reason="Canceled by phone.", events=()
        ),
        other(dana, "b5", "Ravi Nair", -4, status=BookingStatus.COMPLETED),
    ]
    return made


def other(booking: Booking, name: str, customer: str, days: int, **fields: Any) -> Booking:
    start = booking.start + days * DAY
    return replace(
        booking, id=name, customer=customer, start=start, end=start + DAY / 48, page="sales-demo", **fields
    )


@asynccontextmanager
async def stream(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ActivityScreen))
        await until(pilot, lambda: "One moment" not in screen_text(pilot.app))
        yield pilot


async def press(pilot: Pilot[Any], key: str, screen: type[object]) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))


def kept(made: Office, booking: str) -> Booking:
    found = made.store.bookings.booking(booking)
    assert found is not None
    return found


@SIZES
async def test_bookings_to_come_are_listed_with_what_needs_a_person(size: tuple[int, int]) -> None:
    async with stream(busy_week(), size) as pilot:
        await pilot.press("down", "down")
        await drawn_as_stored(pilot, "activity")


async def test_past_and_canceled_bookings_are_shown_by_a_key() -> None:
    async with stream(busy_week()) as pilot:
        assert "Ravi Nair" not in screen_text(pilot.app)
        await pilot.press("p")
        await until_text(pilot, "Ravi Nair")
        assert "Mia Holm" in screen_text(pilot.app)
        await pilot.press("p")
        await until(pilot, lambda: "Ravi Nair" not in screen_text(pilot.app))


async def test_the_filter_takes_words_of_customer_and_state() -> None:
    async with stream(busy_week()) as pilot:
        await pilot.press("slash", *"changed")
        await until(pilot, lambda: "Dana Reyes" not in screen_text(pilot.app))
        assert "Kim Osei" in screen_text(pilot.app)
        await drawn_as_stored(pilot, "activity-filtered")
        await pilot.press("enter", "escape")
        await until_text(pilot, "Dana Reyes")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))


async def test_a_filter_that_only_what_is_past_matches_says_where_to_look() -> None:
    async with stream(busy_week()) as pilot:
        await pilot.press("slash", *"canceled", "enter")
        await until_text(pilot, "No booking to come matches")
        await pilot.press("p")
        await until_text(pilot, "Mia Holm")


async def test_without_bookings_the_screen_says_how_to_make_one() -> None:
    async with stream(office().connect()) as pilot:
        await until_text(pilot, "No bookings to come. b books one")
        await press(pilot, "b", BookScreen)


@SIZES
async def test_the_details_tell_each_event_and_how_to_settle_it(size: tuple[int, int]) -> None:
    async with stream(busy_week(), size) as pilot:
        await pilot.press("down", "down")
        await press(pilot, "enter", BookingScreen)
        await until_text(pilot, "moved to")
        await drawn_as_stored(pilot, "activity-details")


async def test_cancel_says_what_is_removed_and_who_is_told_before_it_is_done() -> None:
    made = busy_week().change_password()
    async with stream(made) as pilot:
        await press(pilot, "c", AskingScreen)
        await drawn_as_stored(pilot, "activity-cancel")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ActivityScreen))
        assert kept(made, "b1").status is BookingStatus.SCHEDULED
        await press(pilot, "c", AskingScreen)
        await pilot.press("tab", "enter")
        await until_text(pilot, "Dana Reyes, Tue 24 Nov 10:00 is canceled. Its events are removed once")
    assert kept(made, "b1").status is BookingStatus.CANCELED


async def test_whom_exchange_tells_follows_the_settings_of_the_page() -> None:
    made = busy_week()
    page = made.store.pages.pages()[0]
    made.store.pages.save(replace(page, event_texts=replace(page.event_texts, invite_customer=True)))
    async with stream(made) as pilot:
        await press(pilot, "c", AskingScreen)
        await until_text(pilot, "Exchange sends customer@example.org the cancellation")


@pytest.mark.parametrize(
    ("key", "status"), [("d", BookingStatus.COMPLETED), ("x", BookingStatus.NO_SHOW)], ids=["done", "no-show"]
)
async def test_a_booking_is_marked_as_completed_or_as_no_show(key: str, status: BookingStatus) -> None:
    made = busy_week()
    async with stream(made) as pilot:
        await press(pilot, key, AskingScreen)
        await until_text(pilot, "stay in Calendar and Private")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ActivityScreen))
    assert kept(made, "b1").status is status


@pytest.mark.parametrize(("key", "hours"), [("f", 1), ("r", 0)], ids=["follow", "restore"])
async def test_a_changed_booking_is_settled_either_way(key: str, hours: int) -> None:
    made = busy_week().change_password()
    before = kept(made, "b2").start
    async with stream(made) as pilot:
        await pilot.press("down", "down")
        await press(pilot, key, AskingScreen)
        await drawn_as_stored(pilot, f"activity-{'follow' if hours else 'restore'}")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ActivityScreen))
    settled = kept(made, "b2")
    assert not settled.unsettled
    assert settled.start == before + timedelta(hours=hours)


async def test_what_is_as_it_should_be_has_nothing_to_settle() -> None:
    async with stream(busy_week()) as pilot:
        await pilot.press("f")
        await until_text(pilot, "Nothing is to be settled")


async def test_a_booking_is_moved_to_a_free_time_that_is_chosen_by_arrows() -> None:
    made = busy_week().disconnect()
    async with stream(made) as pilot:
        await press(pilot, "m", MovingScreen)
        await until_text(pilot, "Monday 23 Nov 2026")
        await pilot.press("right", "right")
        await until_text(pilot, "Wednesday 25 Nov 2026")
        await pilot.press("down")
        await drawn_as_stored(pilot, "activity-move")
        await pilot.press("enter")
        await until_text(pilot, "Dana Reyes is moved to Wed 25 Nov 09:30.")
    assert kept(made, "b1").status is BookingStatus.RESCHEDULED


async def test_a_time_that_somebody_took_meanwhile_is_told_and_another_can_be_chosen() -> None:
    made = busy_week().disconnect()
    async with stream(made) as pilot:
        await press(pilot, "m", MovingScreen)
        await until_text(pilot, "Monday 23 Nov 2026")
        await pilot.press("right", "right")
        await until_text(pilot, "Wednesday 25 Nov 2026")
        start = kept(made, "b1").start + timedelta(hours=23)
        quicker = replace(kept(made, "b1"), id="b9", start=start, end=start + DAY / 48)
        made.store.bookings.kept.append(quicker)
        await pilot.press("enter")
        await until_text(pilot, "Please choose another time.")
        await until(pilot, lambda: "09:00 to 09:30" not in screen_text(pilot.app))
        assert "Please choose another time." in screen_text(pilot.app)


async def test_the_console_tells_what_waits_and_what_is_to_be_settled() -> None:
    async with opened(busy_week()) as pilot:
        await until_text(pilot, "1 booking was changed in the calendar, not synced; press a")
        await until_text(pilot, "1 booking waits for the calendar")
        await drawn_as_stored(pilot, "console-bookings-left")


@SIZES
async def test_what_another_installation_booked_is_told_and_taken_over_by_consent(
    size: tuple[int, int],
) -> None:
    made = office(alone=True).connect()
    mailbox, now = made.opener.mailbox, made.clock.now()
    stamp = Stamp(Mark("elsewhere", "default", "b9"), 1, now - DAY)
    event = BookedEvent(stamp, "Intro: Lee Okafor", now + DAY, now + DAY + DAY / 48)
    mailbox.book("k1", event)
    async with opened(made, size) as pilot:
        await until_text(pilot, "1 booking to come of another")
        await until_text(pilot, "press a, then o")
        await pilot.press("a")
        await until_text(pilot, "take over")
        await press(pilot, "o", AskingScreen)
        await drawn_as_stored(pilot, "activity-take-over")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ActivityScreen))
        assert made.store.bookings.kept == []
        await press(pilot, "o", AskingScreen)
        await pilot.press("tab", "enter")
        await until_text(pilot, "1 booking is taken over.")
        await until_text(pilot, "Lee Okafor")
        assert "take over" not in screen_text(pilot.app).splitlines()[-1]
        await pilot.press("o")
        await until_text(pilot, "No calendar holds bookings of another installation")
    assert [one.id for one in made.store.bookings.kept] == ["b9"]
