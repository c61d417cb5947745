"""Two installations of oncetui on one mailbox, as real processes in homes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator import start
from tests.cli.ended import Ended
from tests.e2e.outlook import Outlook, outlook
from tests.e2e.program import Program
from tests.e2e.server import Server
from tests.e2e.test_bookings import ANNA, booked, connected_desk, free_times, in_both, states

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Program, Program]]:
    """Two connected profiles, each with a page `desk`: main Calendar, additional Private."""
    with start() as simulator:
        server = Server(simulator.ready)
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
        yield connected_desk(tmp_path / "one", server), connected_desk(tmp_path / "two", server)


@pytest.fixture
def annas(homes: tuple[Program, Program], tmp_path: Path) -> Iterator[Outlook]:
    with outlook(homes[0].server, ANNA, tmp_path) as opened:
        yield opened


def warned(program: Program) -> list[str]:
    return [
        warning["what"]
        for warning in program.status()["warnings"]
        if warning["code"] == "another-installation-books"
    ]


def test_what_one_home_booked_is_told_in_the_other_and_moves_there_by_consent(
    homes: tuple[Program, Program], annas: Outlook
) -> None:
    one, two = homes
    first, second = free_times(one, 4)[::3]
    booking = booked(one, first)
    # The first look of a home goes with its first check.
    assert two("refresh").code == 0
    assert warned(two) == [
        f"{name} holds 1 booking to come of another installation of oncetui."
        for name in ("Calendar", "Private")
    ]
    without = two("activity", "adopt")
    assert (without.code, "--yes" in without.err) == (2, True)

    taken = two("activity", "adopt", "--yes", "--json")
    assert (taken.code, [one["id"] for one in taken.told["bookings"]]) == (0, [booking]), taken
    assert taken.told["bookings"][0]["name"] == "Dana Reyes"
    assert warned(two) == []
    assert annas.starts(booking) == in_both(first)

    assert one("refresh").code == 0
    assert states(one, booking) == ["gone-from-calendar"] * 2
    assert one("activity", "follow", booking, "--json").told["status"] == "canceled"
    assert annas.starts(booking) == in_both(first)

    assert two("activity", "reschedule", booking, second.isoformat()).code == 0
    assert annas.starts(booking) == in_both(second)
    assert two("activity", "cancel", booking).code == 0
    assert annas.events(booking) == []


def test_of_two_homes_that_want_the_same_times_at_once_no_two_get_one(
    homes: tuple[Program, Program], annas: Outlook
) -> None:
    times = free_times(homes[0], 3)[::2]
    asked = [
        home.start(
            "book", "desk", time.isoformat(), "--name=Dana Reyes", "--email=d@customer.example", "--json"
        )
        for time in times
        for home in homes
    ]
    ended = []
    for process in asked:
        out, err = process.communicate(timeout=120)
        ended.append(Ended(process.returncode, out, err))
    assert {one.code for one in ended} <= {0, 4}, ended
    won = sorted(one.told["start"] for one in ended if one.code == 0)
    assert len(won) == len(set(won))
    for home in homes:
        assert home("refresh").code == 0
    for calendar in ("Calendar", "Private"):
        starts = [one["start"] for one in annas.look()["events"] if one["calendar"] == calendar]
        assert sorted(one.replace("+00:00", "Z") for one in starts) == won
