"""Calendars on which no page looks: their coming events are noticed, and nothing is kept of them."""

from datetime import timedelta

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar, Showing
from tests.connector.world import World


def calendar_of(world: World, name: str) -> Calendar:
    return next(one for one in world.store.busy.calendars() if one.name == name)


def warned(world: World) -> list[str]:
    return [one.what for one in world.status.warnings if one.code == "calendar-does-not-block"]


def test_a_calendar_that_was_never_ticked_is_warned_of_once_it_holds_coming_events() -> None:
    world = World().connected()
    for hours in (30, 20, 40):
        world.mailbox.add_event("k-private", world.hour(hours))
    world.step()
    assert warned(world) == ["Private has events in the coming fortnight, and no booking page looks at it."]
    (kept,) = world.store.busy.held[calendar_of(world, "Private").id]
    assert kept.start == world.hour(20).start


def test_free_events_alone_are_nothing_to_warn_of() -> None:
    world = World().connected()
    world.mailbox.add_event("k-private", world.hour(30), Showing.FREE)
    world.step()
    assert warned(world) == []


def test_a_glance_does_not_count_as_a_reading_so_that_ticking_reads_it_all() -> None:
    world = World().connected()
    for hours in (20, 30):
        world.mailbox.add_event("k-private", world.hour(hours))
    world.step()
    private = calendar_of(world, "Private")
    assert private.read_at is None
    main = calendar_of(world, "Calendar").id
    world.store.pages.associate("one", AssociatedCalendars(main, busy=frozenset({private.id})))
    assert "one" not in world.open_pages
    world.run_for(2)
    assert "one" in world.open_pages
    assert len(world.store.busy.held[private.id]) == 2


def test_one_look_a_day_is_enough() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.run_for(timedelta(minutes=10).total_seconds())
    assert world.calls.count("busy_time") == 0
