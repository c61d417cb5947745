import json

import pytest

from oncetui.connector.telling import Teller
from oncetui.connector.watching import current_status
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from tests.connector.world import World


@pytest.fixture
def world() -> World:
    world = World().connected()
    world.step()
    world.store.on_change.keep_command(("mail-us",))
    return world


def looked(world: World, teller: Teller, seconds: int = 90) -> list[str]:
    """Let it look once a second while the connector works, and return what was told."""
    before = len(world.store.programs.runs)
    for _ in range(seconds):
        teller.look(world.cancellation)
        world.run_for(1)
    return [words["ONCETUI_CHANGE"] for words, _ in world.store.programs.runs[before:]]


def test_pages_that_close_are_told_once_with_the_status_on_standard_input(world: World) -> None:
    teller = Teller(world.profile)
    assert looked(world, teller) == []

    world.faulted(PASSWORD_CHANGED, refused=True)

    assert looked(world, teller) == ["closed"]
    told = json.loads(world.store.programs.runs[0][1])
    assert (told["schema"], told["state"]) == (1, "failed")
    assert [page["accepting"] for page in told["pages"]] == [False, False]


def test_an_outage_is_told_after_a_while_though_pages_close_at_once(world: World) -> None:
    teller = Teller(world.profile)
    world.faulted(NO_ANSWER)

    teller.look(world.cancellation)
    assert world.open_pages == set()
    world.clock.advance(NO_ANSWER.visible_after - 1)
    teller.look(world.cancellation)
    assert world.store.programs.runs == []
    world.clock.advance(1)
    teller.look(world.cancellation)
    assert [words for words, _ in world.store.programs.runs] == [{"ONCETUI_CHANGE": "closed"}]


def test_a_restart_tells_nothing_again(world: World) -> None:
    world.faulted(PASSWORD_CHANGED, refused=True)
    assert looked(world, Teller(world.profile), 3) == ["closed"]

    assert looked(world, Teller(world.profile), 3) == []


def test_a_command_that_failed_is_a_warning_that_isnt_told_itself(world: World) -> None:
    teller = Teller(world.profile)
    world.store.programs.fails_with = "mail-us ended with exit code 1."
    world.faulted(PASSWORD_CHANGED, refused=True)

    assert looked(world, teller) == ["closed"]

    (warning,) = current_status(world.profile).warnings
    assert warning.code == "on-change-failed"
    assert "mail-us ended with exit code 1." in warning.what


def test_without_a_command_nothing_is_run(world: World) -> None:
    world.store.on_change.keep_command(())
    world.faulted(PASSWORD_CHANGED, refused=True)

    assert looked(world, Teller(world.profile), 3) == []


def test_a_page_that_was_deleted_while_closed_did_not_open(world: World) -> None:
    teller = Teller(world.profile)
    world.faulted(PASSWORD_CHANGED, refused=True)
    looked(world, teller, 3)

    for page in ("one", "two"):
        world.store.pages.delete(page)

    assert looked(world, teller, 200) == []
