from dataclasses import replace
from datetime import timedelta

import pytest

from oncetui.connector.disconnecting import (
    COPY_LEFT,
    NEVER_ASKED,
    disconnect,
    preview,
    take_last_copies,
)
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.connection import ConnectionSettings
from oncetui.model.event_links import EventLink
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import KEYRING_LOCKED
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, World
from tests.fakes.exchange import refusal


def booked(world: World) -> World:
    start = world.clock.now() + timedelta(days=1)
    world.store.bookings.kept.append(
        Booking(
            "b1",
            "one",
            BookingStatus.SCHEDULED,
            start,
            start + timedelta(minutes=30),
            "Dana",
            "d@x.example",
            events=(EventLink("c1", main=True).written("i1", 1),),
        )
    )
    return world


def test_the_preview_counts_what_goes_and_changes_nothing() -> None:
    world = booked(World().connected())
    world.mailbox.add_event("k-own", world.hour(5))
    world.step()
    before = world.store.connection.version()

    told = preview(world.profile)

    assert told is not None
    assert (told.mailbox, told.upcoming, told.pages) == (ANNA, 1, 2)
    assert (told.erased.busy_blocks, told.erased.calendars, told.erased.booking_links) == (1, 3, 1)
    assert told.protection is not None
    assert world.store.connection.version() == before


def test_nothing_of_the_mailbox_is_left_and_the_pages_are_open() -> None:
    world = booked(World().connected())
    world.step()
    world.store.drafts.save(DraftAnswers(email=ANNA))

    result = disconnect(world.profile)

    assert result.left == ()
    assert world.record.state is State.DISCONNECTED
    assert world.record.secret_version is None
    assert world.store.settings.load() is None
    assert world.place.secret is None
    assert world.store.drafts.load() == DraftAnswers()
    assert world.store.busy.calendars() == ()
    assert world.open_pages == {"one", "two"}
    assert world.store.bookings.count_upcoming(world.clock.now()) == 1


def test_the_command_for_changes_stays_unless_it_names_the_mailbox() -> None:
    for words, stays in (("mail-us --to boss@x.example", True), (f"mail-us --to={ANNA.upper()}", False)):
        world = World().connected()
        world.store.on_change.keep_command(tuple(words.split()))
        told = preview(world.profile)
        assert told is not None
        assert told.telling is not stays

        disconnect(world.profile)

        assert bool(world.store.on_change.command()) is stays


def test_what_waits_for_the_calendar_is_named_as_lost_and_requests_are_refused() -> None:
    world = booked(World().connected())
    (standing,) = world.store.bookings.kept
    start = standing.start + timedelta(hours=1)
    waiting = replace(
        standing, id="b2", status=BookingStatus.REQUESTED, start=start, end=start + timedelta(minutes=30)
    )
    moving = replace(
        standing, id="b3", moving_to=world.hour(40), events=(EventLink("c1", main=True).begun(),)
    )
    world.store.bookings.kept += [waiting, moving]

    told = preview(world.profile)
    disconnect(world.profile)

    assert told is not None
    assert (told.outbox, told.requests) == (2, 2)
    kept = {booking.id: booking for booking in world.store.bookings.kept}
    assert (kept["b2"].status, kept["b2"].reason) == (BookingStatus.CANCELED, NEVER_ASKED)
    assert (kept["b3"].start, kept["b3"].moving_to, kept["b3"].reason) == (standing.start, None, NEVER_ASKED)
    assert kept["b1"].status is BookingStatus.SCHEDULED
    assert world.store.bookings.outbox() == ()


def test_a_copy_that_another_program_holds_is_told() -> None:
    world = World().connected()
    world.store.eraser.copy_kept = True

    assert disconnect(world.profile).left == (COPY_LEFT,)


def test_a_password_that_cant_be_erased_is_told_and_the_rest_goes() -> None:
    world = World().connected()
    world.place.fails_with = KEYRING_LOCKED.problem()

    result = disconnect(world.profile)

    assert len(result.left) == 1
    assert "still in the file" in result.left[0]
    assert world.store.settings.load() is None


def test_a_disconnect_that_was_cut_short_is_finished_by_the_next() -> None:
    world = World().connected()
    settings = world.store.settings.load()
    assert settings is not None
    disconnect(world.profile)
    world.store.settings.save(settings)

    assert preview(world.profile) is not None
    disconnect(world.profile)

    assert preview(world.profile) is None


def test_the_generation_grows_with_each_disconnect_of_a_connection() -> None:
    world = World().connected()
    before = world.record.generation

    disconnect(world.profile)
    disconnect(world.profile)

    assert world.record.generation == before + 1


def test_copies_that_another_program_kept_are_taken_by_the_connector_once_that_has_ended() -> None:
    world = World().connected()
    world.step()
    world.store.eraser.copy_kept = True
    disconnect(world.profile)
    world.run_for(130)
    tried = world.store.eraser.settled
    assert 3 <= tried <= 5

    world.store.eraser.copy_kept = False
    world.run_for(600)

    assert world.store.eraser.settled == tried + 1


def test_a_second_disconnect_takes_the_copies_that_the_first_had_to_leave() -> None:
    world = World().connected()
    assert take_last_copies(world.profile).left == ()
    assert world.store.eraser.settled == 0
    world.store.eraser.copy_kept = True
    disconnect(world.profile)

    assert take_last_copies(world.profile).left == (COPY_LEFT,)
    world.store.eraser.copy_kept = False
    assert take_last_copies(world.profile).left == ()


def test_a_reconnect_under_way_brings_nothing_back() -> None:
    world = World().connected()
    save = world.store.settings.save

    def disconnected_meanwhile(settings: ConnectionSettings) -> None:
        disconnect(world.profile)
        save(settings)

    world.store.settings.save = disconnected_meanwhile  # type: ignore[method-assign]  # a fake, for this test
    with pytest.raises(NothingToReconnectError):
        reconnect(world.profile, Secret("right"))

    assert world.record.state is State.DISCONNECTED
    assert world.store.settings.load() is None
    assert world.place.secret is None


@pytest.mark.parametrize("by_a_person", [False, True])
def test_a_refusal_that_comes_after_a_disconnect_leaves_no_trace(*, by_a_person: bool) -> None:
    world = World().connected()
    world.opener.accepts.clear()

    def refused_after_all(username: str) -> ProblemError:
        disconnect(world.profile)
        return refusal(username)

    world.opener.refuses_with = refused_after_all
    if by_a_person:
        with pytest.raises(ProblemError):
            reconnect(world.profile, Secret("typed"))
    else:
        world.step()

    assert world.opener.refused == 1
    assert world.store.guard.refusals(ANNA) == ()
