from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Showing, Window
from oncetui.model.pages import BookingPage
from oncetui.model.ports import Reading
from oncetui.model.state import Disconnected, State, advance
from tests.contracts.conftest import Ports
from tests.contracts.values import CALENDAR, DAY, HOUR, NINE, TEAM, blocks, busy, reading

GENERATION = 1


@pytest.fixture
def known(store: Ports) -> tuple[Calendar, ...]:
    return store.busy.note_calendars([TEAM, CALENDAR], GENERATION)


def named(name: str) -> FoundCalendar:
    return FoundCalendar(f"key-{name}", name, writable=True)


def ids(calendars: tuple[Calendar, ...]) -> dict[str, str]:
    return {calendar.name: calendar.id for calendar in calendars}


class TestBusyStore:
    def test_the_default_calendar_comes_first_and_the_others_by_name(self, store: Ports) -> None:
        found = [named("zoo"), named("Ärzte"), named("Beta"), CALENDAR, named("alpha")]

        names = [one.name for one in store.busy.note_calendars(found, GENERATION)]

        assert names == ["Calendar", "alpha", "Beta", "zoo", "Ärzte"]

    def test_new_calendars_get_the_lowest_free_short_ids(self, store: Ports) -> None:
        store.busy.note_calendars([named("a"), named("b"), named("c")], GENERATION)
        store.busy.note_calendars([named("a"), named("c")], GENERATION)

        known = store.busy.note_calendars([named("a"), named("c"), named("d"), named("e")], GENERATION)

        assert ids(known) == {"a": "c1", "c": "c3", "d": "c2", "e": "c4"}

    def test_an_id_that_a_page_still_names_is_given_to_no_other_calendar(self, store: Ports) -> None:
        page = BookingPage.named("30 minutes", 30, "Europe/Berlin")
        store.busy.note_calendars([named("a"), named("b")], GENERATION)
        store.pages.save(replace(page, associated=AssociatedCalendars(main="c2", busy=frozenset({"c2"}))))
        store.busy.note_calendars([named("a")], GENERATION)

        known = store.busy.note_calendars([named("a"), named("new")], GENERATION)

        assert ids(known) == {"a": "c1", "new": "c3"}

    def test_a_calendar_that_comes_back_is_the_one_that_a_page_still_names(self, store: Ports) -> None:
        page = BookingPage.named("30 minutes", 30, "Europe/Berlin")
        store.busy.note_calendars([named("a"), named("b"), named("c")], GENERATION)
        store.busy.take_reading("c2", reading(busy("1", NINE)), GENERATION)
        store.pages.save(replace(page, associated=AssociatedCalendars(main="c2", busy=frozenset({"c2"}))))

        without = store.busy.note_calendars([named("a")], GENERATION)
        assert ids(without) == {"a": "c1"}
        assert store.busy.blocks(["c2"], DAY) == ()
        assert not store.busy.note_read("c2", "cursor", NINE, GENERATION)

        back = store.busy.note_calendars([named("b"), named("new"), named("c")], GENERATION)
        assert ids(back) == {"b": "c2", "new": "c1", "c": "c3"}
        assert [one.read_at for one in back if one.id == "c2"] == [None]
        assert store.busy.cursor("c2") is None

    def test_a_calendar_keeps_its_id_and_busy_time_when_it_is_renamed(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.busy.take_reading("c2", reading(busy("1", NINE)), GENERATION)

        after = store.busy.note_calendars([TEAM, replace(CALENDAR, name="Work", writable=False)], GENERATION)

        assert after[0] == Calendar("c2", "key-1", "Work", writable=False, default=True, read_at=NINE)
        assert store.busy.cursor("c2") == "cursor"
        assert store.busy.blocks(["c2"], DAY) == (busy("1", NINE),)

    def test_a_calendar_that_is_gone_takes_its_busy_time_with_it(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.busy.take_reading("c1", reading(busy("1", NINE)), GENERATION)
        store.busy.note_calendars([CALENDAR], GENERATION)

        back = store.busy.note_calendars([CALENDAR, TEAM], GENERATION)

        assert ids(back) == {"Calendar": "c2", "Team": "c1"}
        assert store.busy.blocks(["c1"], DAY) == ()
        assert store.busy.cursor("c1") is None
        assert back[1].read_at is None

    def test_a_reading_replaces_what_its_windows_held_and_no_more(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        early, late = busy("early", NINE), busy("late", NINE + 5 * HOUR)
        moved = busy("early", NINE + HOUR / 2)
        store.busy.take_reading("c1", reading(early, late), GENERATION)
        store.busy.take_reading("c2", reading(early), GENERATION)

        window = Window(NINE, NINE + 2 * HOUR)
        store.busy.take_reading("c1", reading(moved, windows=(window,), cursor="next"), GENERATION)

        assert store.busy.blocks(["c1"], DAY) == (moved, late)
        assert store.busy.blocks(["c2"], DAY) == (early,)
        assert store.busy.cursor("c1") == "next"

    def test_a_reading_that_holds_an_event_on_the_edge_of_two_windows_keeps_it_once(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        edge = busy("edge", NINE - HOUR, hours=2)
        windows = (Window(NINE - 5 * HOUR, NINE), Window(NINE, NINE + 5 * HOUR))

        store.busy.take_reading("c1", reading(edge, edge, windows=windows), GENERATION)
        store.busy.take_reading("c1", reading(edge, windows=windows[1:]), GENERATION)

        assert store.busy.blocks(["c1"], DAY) == (edge,)

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(read=st.lists(blocks, max_size=8))
    def test_every_block_comes_back_as_it_was(self, store: Ports, read: list[BusyBlock]) -> None:
        store.busy.note_calendars([CALENDAR], GENERATION)
        everything = Window(NINE - timedelta(days=9), NINE + timedelta(days=9))
        store.busy.take_reading("c1", Reading((everything,), tuple(read), None, NINE), GENERATION)

        kept = store.busy.blocks(["c1"], everything)

        assert set(kept) == set(read)
        assert len(kept) == len(set(read))
        assert [block.start for block in kept] == sorted(block.start for block in kept)

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(read=st.lists(blocks, max_size=8))
    def test_a_window_gives_what_overlaps_it(self, store: Ports, read: list[BusyBlock]) -> None:
        store.busy.note_calendars([CALENDAR], GENERATION)
        everything = Window(NINE - timedelta(days=9), NINE + timedelta(days=9))
        store.busy.take_reading("c1", Reading((everything,), tuple(read), None, NINE), GENERATION)

        kept = set(store.busy.blocks(["c1"], DAY))

        for block in read:
            ends_before = block.end <= DAY.start and block.start < DAY.start
            assert (block in kept) == (not ends_before and block.start < DAY.end)

    def test_busy_time_of_several_calendars_is_in_one_order(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.busy.take_reading("c1", reading(busy("b", NINE + HOUR), busy("d", NINE + 3 * HOUR)), GENERATION)
        store.busy.take_reading("c2", reading(busy("a", NINE), busy("c", NINE + 2 * HOUR)), GENERATION)

        assert [block.item for block in store.busy.blocks(["c2", "c1"], DAY)] == ["a", "b", "c", "d"]
        assert [block.item for block in store.busy.blocks([], DAY)] == []

    def test_free_time_is_kept_too(self, store: Ports, known: tuple[Calendar, ...]) -> None:
        free = busy("1", NINE, showing=Showing.FREE)
        store.busy.take_reading("c1", reading(free), GENERATION)

        assert store.busy.blocks(["c1"], DAY) == (free,)

    def test_an_unreadable_calendar_says_so_until_it_is_read_again(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.busy.take_reading("c1", reading(), GENERATION)
        assert store.busy.note_unreadable("c1", "Access was taken away.", GENERATION)
        team = store.busy.calendars()[1]
        assert (team.unreadable, team.read_at) == ("Access was taken away.", NINE)
        assert store.busy.cursor("c1") == "cursor"

        assert store.busy.note_read("c1", "next", NINE + HOUR, GENERATION)

        team = store.busy.calendars()[1]
        assert (team.unreadable, team.read_at) == (None, NINE + HOUR)
        assert store.busy.cursor("c1") == "next"

    def test_how_far_changes_were_told_is_kept_and_makes_nothing_fresh(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.busy.take_reading("c1", reading(busy("1", NINE)), GENERATION)
        store.busy.note_unreadable("c1", "Access was taken away.", GENERATION)

        assert store.busy.note_cursor("c1", "further", GENERATION)

        team = store.busy.calendars()[1]
        assert store.busy.cursor("c1") == "further"
        assert (team.unreadable, team.read_at) == ("Access was taken away.", NINE)
        assert len(store.busy.blocks(["c1"], DAY)) == 1

    def test_what_lies_outside_the_horizon_of_a_reading_is_dropped(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        at = {name: busy(name, NINE + hours * HOUR) for name, hours in (("old", -5), ("own", 0), ("far", 5))}
        for calendar in ("c1", "c2"):
            store.busy.take_reading(calendar, reading(*at.values()), GENERATION)
        horizon = Window(NINE - 2 * HOUR, NINE + 2 * HOUR)

        part = Reading((Window(NINE - HOUR, NINE),), (), "cursor", NINE, horizon)
        assert store.busy.take_reading("c1", part, GENERATION)

        assert store.busy.blocks(["c1"], DAY) == (at["own"],)
        assert len(store.busy.blocks(["c2"], DAY)) == 3

    def test_what_another_installation_booked_is_noted_by_its_number(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        assert store.busy.note_foreign("c1", 3, NINE, GENERATION)
        assert [(one.foreign_bookings, one.foreign_seen_at) for one in store.busy.calendars()] == [
            (0, None),
            (3, NINE),
        ]
        store.busy.note_calendars([CALENDAR, TEAM], GENERATION)
        assert store.busy.calendars()[1].foreign_bookings == 3
        assert not store.busy.note_foreign("c9", 1, NINE, GENERATION)
        assert not store.busy.note_foreign("c1", 1, NINE, GENERATION + 1)

    def test_a_calendar_that_isnt_known_takes_nothing(self, store: Ports) -> None:
        assert not store.busy.take_reading("c9", reading(busy("1", NINE)), GENERATION)
        assert not store.busy.note_read("c9", "cursor", NINE, GENERATION)
        assert not store.busy.note_cursor("c9", "cursor", GENERATION)
        assert not store.busy.note_unreadable("c9", "Gone.", GENERATION)
        assert store.busy.blocks(["c9"], DAY) == ()
        assert store.busy.cursor("c9") is None

    def test_after_disconnect_no_late_write_brings_data_back(
        self, store: Ports, known: tuple[Calendar, ...]
    ) -> None:
        store.connection.change(lambda record: replace(record, state=State.CONNECTED))
        store.connection.change(lambda record: advance(record, Disconnected(NINE)))
        store.eraser.erase(NINE)

        assert store.busy.note_calendars([CALENDAR], GENERATION) == ()
        assert not store.busy.take_reading("c1", reading(busy("1", NINE)), GENERATION)
        assert not store.busy.note_read("c1", "cursor", NINE, GENERATION)
        assert not store.busy.note_cursor("c1", "cursor", GENERATION)
        assert not store.busy.note_unreadable("c1", "Gone.", GENERATION)
        assert store.busy.calendars() == ()
        assert store.busy.blocks(["c1"], DAY) == ()
        assert ids(store.busy.note_calendars([CALENDAR], GENERATION + 1)) == {"Calendar": "c1"}
