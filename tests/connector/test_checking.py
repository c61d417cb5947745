from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.connector.horizon import horizon, within
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.problems.exchange import (
    CALENDAR_MISSING,
    FREE_BUSY_REFUSED,
    MAILBOX_DENIED,
    TEMPORARILY_UNAVAILABLE,
)
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import Disconnected, State, advance
from tests.connector.world import OWN, PRIVATE, TEAM, World, trouble


def test_the_first_check_reads_the_horizon_of_every_calendar_in_use_and_glances_at_the_others() -> None:
    world = World().connected()
    world.mailbox.add_event("k-own", world.hour(5))
    world.mailbox.add_event("k-private", world.hour(5))

    world.step()

    in_use, glance = ["changes", "busy_time"] * 2, ["busy_time"]
    looks = [*["stamped_events"] * 2, "password_expires"]
    assert world.calls == ["calendars", *in_use, *glance, *looks]
    read_at = {calendar.name: calendar.read_at for calendar in world.store.busy.calendars()}
    assert read_at == {"Calendar": world.clock.now(), "Team Sales": world.clock.now(), "Private": None}
    assert len(world.store.busy.blocks(["c1"], horizon(world.clock.now()))) == 1
    assert world.open_pages == {"one", "two"}


def test_a_check_that_finds_nothing_changed_costs_one_request_a_calendar() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()

    world.run_for(60)

    assert world.calls == ["changes", "changes"]
    assert world.opener.sign_ins == []


def test_a_changed_event_is_in_the_store_after_a_minute_at_most() -> None:
    world = World().connected()
    world.step()
    item = world.mailbox.add_event("k-own", world.hour(30))

    world.run_for(60)
    held = world.store.busy.blocks(["c1"], horizon(world.clock.now()))
    assert [block.item for block in held] == [item]

    world.mailbox.remove_event("k-own", item)
    world.run_for(60)
    assert world.store.busy.blocks(["c1"], horizon(world.clock.now())) == ()


def test_a_lost_cursor_reads_everything_again() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.mailbox.lose_cursors()

    world.run_for(60)

    assert world.calls == ["changes", "busy_time", "changes", "busy_time"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.integers(1, 4), st.integers(1, 5))
def test_a_first_reading_cut_between_pages_goes_on_at_the_last_page(
    events: int, a_page: int, cut_after: int
) -> None:
    world = World().connected()
    for number in range(events):
        world.mailbox.add_event("k-own", world.hour(number))
    world.mailbox.changes_a_page = a_page
    world.mailbox.cut_after_pages = cut_after
    pages = len(world.mailbox.pages_since(None))

    world.step()
    cut = cut_after <= pages
    held = world.store.busy.blocks(["c1"], horizon(world.clock.now()))
    assert len(held) == (0 if cut else events)
    assert "one" not in world.open_pages or not cut

    world.restarted()
    world.run_for(30)

    assert len(world.store.busy.blocks(["c1"], horizon(world.clock.now()))) == events
    assert world.open_pages == {"one", "two"}
    # No page is asked for a second time, whether or not there was a cut.
    own = [cursor for key, cursor in world.mailbox.pages if key == "k-own"]
    assert len(own) == len(set(own)) == pages


def test_a_change_on_a_page_before_the_cut_is_read_though_nothing_changed_after_it() -> None:
    world = World().connected()
    world.step()
    item = world.mailbox.add_event("k-own", world.hour(3))
    world.mailbox.add_event("k-private", world.hour(3))
    world.mailbox.changes_a_page = 1
    world.mailbox.cut_after_pages = 1
    world.run_for(60)
    assert world.store.busy.blocks(["c1"], horizon(world.clock.now())) == ()

    world.restarted()
    world.run_for(30)

    held = world.store.busy.blocks(["c1"], horizon(world.clock.now()))
    assert [block.item for block in held] == [item]


def test_after_midnight_the_whole_horizon_is_read_again_once_and_begins_a_day_later() -> None:
    world = World().connected()
    last = world.mailbox.add_event("k-own", at_the_end_of(world, 1))
    world.step()
    before = horizon(world.clock.now())
    world.run_for(61)
    world.forget_calls()
    assert world.store.busy.blocks(["c1"], at_the_end_of(world, 1)) == ()

    world.clock.advance(horizon(world.clock.now()).start + timedelta(days=8) - world.clock.now())
    world.run_for(600)

    assert horizon(world.clock.now()).start == before.start + timedelta(days=1)
    assert world.calls[:6] == ["calendars", *["changes", "busy_time"] * 2, "busy_time"]
    assert world.calls.count("busy_time") == 3
    held = world.store.busy.blocks(["c1"], at_the_end_of(world, 0))
    assert [block.item for block in held] == [last]


def test_what_the_horizon_left_behind_is_dropped_at_midnight() -> None:
    world = World().connected()
    old, kept = world.hour(-6.5 * 24), world.hour(-5.5 * 24)
    for window in (old, kept):
        world.mailbox.add_event("k-own", window)
    world.step()
    every = Window(old.start - timedelta(days=100), old.start + timedelta(days=600))
    assert len(world.store.busy.blocks(["c1"], every)) == 2

    world.clock.advance(timedelta(days=1))
    world.run_for(1)

    assert [block.start for block in world.store.busy.blocks(["c1"], every)] == [kept.start]


def test_a_glance_leaves_nothing_of_the_one_before() -> None:
    world = World().connected()
    world.mailbox.add_event("k-private", world.hour(1))
    later = world.hour(49)
    world.mailbox.add_event("k-private", later)
    world.step()

    world.clock.advance(timedelta(days=2))
    world.run_for(1)

    every = Window(world.clock.now() - timedelta(days=100), world.clock.now() + timedelta(days=100))
    assert [block.start for block in world.store.busy.blocks(["c2"], every)] == [later.start]


def at_the_end_of(world: World, days_later: int) -> Window:
    end = horizon(world.clock.now()).end + timedelta(days=days_later)
    return Window(end - timedelta(hours=5), end - timedelta(hours=4))


def test_a_calendar_that_cant_be_read_closes_only_the_pages_that_use_it() -> None:
    world = World().connected()
    world.step()
    world.mailbox.unreadable["k-team"] = trouble(CALENDAR_MISSING)

    record = world.run_for(60)

    assert record.state is State.CONNECTED
    assert world.open_pages == {"one"}
    assert [problem.code for problem in world.status.warnings] == ["calendar-unreadable"]


def test_a_calendar_that_can_be_read_again_opens_its_pages() -> None:
    world = World().connected()
    world.mailbox.unreadable["k-team"] = trouble(CALENDAR_MISSING)
    world.step()
    world.mailbox.unreadable.clear()

    world.run_for(60)

    assert world.open_pages == {"one", "two"}
    assert world.status.warnings == ()


def test_an_owner_who_took_his_share_back_leaves_the_connection_up() -> None:
    world = World().connected()
    world.mailbox.shared["team@contoso.example"] = trouble(MAILBOX_DENIED)
    world.mailbox.unreadable["k-team"] = trouble(MAILBOX_DENIED)

    record = world.step()

    assert record.state is State.CONNECTED
    assert world.open_pages == {"one"}


def test_the_same_denial_of_the_own_mailbox_is_the_connections() -> None:
    world = World().connected()
    world.mailbox.unreadable["k-own"] = trouble(MAILBOX_DENIED)

    assert world.step().state is State.FAILED_IT


def test_a_calendar_chosen_just_now_is_read_at_once() -> None:
    world = World().connected()
    world.step()
    world.add_page("three", AssociatedCalendars(main="c2"))
    assert "three" not in world.open_pages

    world.step()

    assert "three" in world.open_pages


def test_a_calendar_that_was_deleted_closes_its_page_and_opens_it_when_it_is_restored() -> None:
    world = World().connected()
    world.add_page("three", AssociatedCalendars(main="c2"))
    world.run_for(70)
    missing = trouble(CALENDAR_MISSING)
    world.mailbox.calendars = [OWN]
    world.mailbox.unreadable["k-private"] = missing
    world.run_for(61)
    assert world.open_pages == {"one", "two"}
    world.restarted()
    world.run_for(61)
    assert [page.closed.code for page in world.status.pages if page.closed] == ["calendar-missing"]

    world.mailbox.calendars = [OWN, PRIVATE]
    world.mailbox.unreadable.clear()
    world.run_for(61)

    assert world.open_pages == {"one", "two", "three"}


def test_a_shared_calendar_that_is_no_longer_there_is_listed_no_longer_and_the_connection_stays() -> None:
    world = World().connected()
    world.step()
    missing = trouble(CALENDAR_MISSING)
    world.mailbox.shared["team@contoso.example"] = missing
    world.mailbox.unreadable["k-team"] = missing

    world.restarted()
    assert world.run_for(61).state is State.CONNECTED
    assert world.open_pages == {"one"}

    world.mailbox.shared["team@contoso.example"] = TEAM
    world.mailbox.unreadable.clear()
    world.run_for(61)
    assert world.open_pages == {"one", "two"}


def test_a_wait_that_is_asked_for_at_one_calendar_holds_for_all() -> None:
    world = World().connected()
    world.step()
    world.mailbox.unreadable["k-team"] = trouble(TEMPORARILY_UNAVAILABLE, retry_after=300)
    world.run_for(61)
    assert world.record.state is State.INTERRUPTED
    world.forget_calls()

    world.run_for(290)

    assert (world.calls, world.opener.reached, world.opener.sign_ins) == ([], [], [])


def test_a_reading_under_way_brings_nothing_back_after_a_disconnect() -> None:
    world = World().connected()
    world.mailbox.add_event("k-own", world.hour(5))
    world.step()
    gateway = world.opener.gateways[-1]
    read = gateway.busy_time

    def disconnected_meanwhile(calendar: FoundCalendar | Calendar, window: Window) -> tuple[BusyBlock, ...]:
        blocks = read(calendar, window)
        world.store.connection.change(lambda it: advance(it, Disconnected(world.clock.now())))
        world.store.eraser.erase(world.clock.now())
        return blocks

    gateway.busy_time = disconnected_meanwhile  # type: ignore[method-assign]  # a fake, for this test
    world.mailbox.add_event("k-own", world.hour(6))

    record = world.run_for(60)

    assert record.state is State.DISCONNECTED
    assert world.store.busy.calendars() == ()
    assert world.store.busy.blocks(["c1"], horizon(world.clock.now())) == ()
    assert gateway.closed


def test_a_temporary_fault_of_one_calendar_of_ones_own_is_the_connections() -> None:
    world = World().connected()
    world.step()
    world.mailbox.unreadable["k-own"] = trouble(NO_ANSWER)

    assert world.run_for(70).state is State.INTERRUPTED


def test_windows_are_cut_to_the_horizon_and_joined() -> None:
    world = World()
    limits = horizon(world.clock.now())
    far = Window(limits.end + timedelta(days=1), limits.end + timedelta(days=2))
    first, second = world.hour(1), world.hour(1.5)

    assert within((second, far, first), limits) == (Window(first.start, second.end),)


def test_the_horizon_reaches_from_a_week_ago_to_400_days_ahead() -> None:
    world = World()
    limits = horizon(world.clock.now())

    assert limits.start <= world.clock.now() - timedelta(days=7)
    assert limits.end >= world.clock.now() + timedelta(days=399)
    assert TEAM.owner is not None


def test_a_calendar_with_free_busy_alone_is_read_before_it_is_stale_and_no_oftener() -> None:
    world = World().connected()
    world.mailbox.shared["team@contoso.example"] = replace(TEAM, full_read=False)
    world.step()
    world.forget_calls()

    world.run_for(3600)

    assert 6 <= world.calls.count("busy_time") <= 8
    assert world.open_pages == {"one", "two"}


def test_refused_free_busy_closes_only_the_pages_that_use_it() -> None:
    world = World().connected()
    world.mailbox.shared["team@contoso.example"] = replace(TEAM, full_read=False)
    world.mailbox.unreadable["k-team"] = trouble(FREE_BUSY_REFUSED)
    world.step()

    assert world.open_pages == {"one"}
