"""A shared calendar is added to a connection that stands, by address, and taken off the list again."""

import pytest

from oncetui.connector.sharing import add_shared_calendar, take_off_list
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar, FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import CALENDAR_MISSING
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import PASSWORD_REFUSED
from oncetui.model.state import Faulted, State, advance
from tests.connector.world import ANNA, World, trouble

ROOM = FoundCalendar("k-room", "Room 4", writable=True, owner="room4@contoso.example")
BRIEFLY = FoundCalendar(
    "free-busy:lea@contoso.example",
    "lea@contoso.example",
    writable=False,
    owner="lea@contoso.example",
    full_read=False,
)


def shared_world() -> World:
    world = World().connected()
    world.mailbox.shared |= {"room4@contoso.example": ROOM, "lea@contoso.example": BRIEFLY}
    world.mailbox.shared["nobody@contoso.example"] = trouble(CALENDAR_MISSING)
    return world


def names(world: World) -> list[str]:
    return [one.name for one in world.store.busy.calendars()]


def add(world: World, address: str) -> Calendar:
    return add_shared_calendar(world.profile, address, None, Cancellation()).shared


def test_a_calendar_is_listed_by_its_owners_address_and_used_by_no_page() -> None:
    world = shared_world()
    added = add_shared_calendar(world.profile, "  room4@contoso.example ", None, Cancellation())
    assert (added.shared.name, added.shared.owner, added.new) == ("Room 4", "room4@contoso.example", True)
    assert names(world) == ["Calendar", "Private", "Room 4", "Team Sales"]
    assert world.store.busy.calendars() == added.calendars


def test_the_connectors_open_gateway_is_asked_without_another_sign_in() -> None:
    world = shared_world()
    world.step()
    world.forget_calls()
    add_shared_calendar(world.profile, ROOM.owner or "", world.connector.live, Cancellation())
    assert world.opener.sign_ins == []
    assert "Room 4" in names(world)


def test_beside_another_connector_the_kept_secret_signs_in_once_and_the_gateway_is_closed() -> None:
    world = shared_world()
    add(world, ROOM.owner or "")
    assert world.opener.sign_ins == [ANNA]
    assert [gateway.closed for gateway in world.opener.gateways] == [True]


def test_a_calendar_that_is_listed_already_keeps_its_id_and_its_busy_time() -> None:
    world = shared_world()
    world.step()
    before = world.store.busy.calendars()
    again = add_shared_calendar(world.profile, "team@contoso.example", None, Cancellation())
    assert not again.new
    assert again.calendars == before


def test_of_a_calendar_with_free_busy_alone_that_is_known_at_once() -> None:
    added = add(shared_world(), "lea@contoso.example")
    assert (added.full_read, added.writable, added.remark) == (False, False, "free/busy only")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nobody@contoso.example", "There is no calendar of nobody@contoso.example that you may read."),
        ("room4", "@"),
    ],
)
def test_what_can_not_be_added_is_refused_in_words_and_changes_nothing(address: str, told: str) -> None:
    world = shared_world()
    with pytest.raises(ProblemError) as refused:
        add(world, address)
    assert told in refused.value.problem.what
    assert names(world) == ["Calendar", "Private", "Team Sales"]
    assert world.record.state is State.CONNECTED


def test_the_connector_goes_on_listing_what_was_added() -> None:
    world = shared_world()
    room = add(world, ROOM.owner or "")
    world.store.pages.associate("one", AssociatedCalendars("c1", busy=frozenset({room.id})))
    world.step()
    world.restarted()
    world.run_for(2)
    assert room.id in {one.id for one in world.store.busy.calendars()}
    assert "one" in world.open_pages


def test_a_secret_that_is_refused_meanwhile_is_not_sent_again() -> None:
    world = shared_world()
    world.opener.accepts = set()
    with pytest.raises(ProblemError) as refused:
        add(world, ROOM.owner or "")
    assert refused.value.problem.code == PASSWORD_REFUSED.code
    assert world.record.state is State.FAILED_USER
    with pytest.raises(ProblemError):
        add(world, ROOM.owner or "")
    assert world.opener.sign_ins == [ANNA]


def test_a_server_that_asked_to_be_left_alone_is_not_asked() -> None:
    world = shared_world()
    waits = Faulted(world.clock.now(), NO_ANSWER.problem(), retry_after=300, secret_version="v1")
    world.store.connection.change(lambda record: advance(record, waits))
    with pytest.raises(ProblemError) as refused:
        add(world, ROOM.owner or "")
    assert refused.value.problem.code == NO_ANSWER.code
    assert world.opener.sign_ins == []


def test_a_shared_calendar_that_no_page_uses_is_taken_off_the_list() -> None:
    world = shared_world()
    room = add(world, ROOM.owner or "")
    left = take_off_list(world.profile, room, Cancellation())
    assert [one.name for one in left] == ["Calendar", "Private", "Team Sales"]
    world.step()
    assert names(world) == ["Calendar", "Private", "Team Sales"]


def test_one_that_a_page_uses_stays() -> None:
    world = shared_world()
    team = next(one for one in world.store.busy.calendars() if one.name == "Team Sales")
    assert team in take_off_list(world.profile, team, Cancellation())
