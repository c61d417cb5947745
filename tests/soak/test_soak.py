"""Hours of every fault, and weeks with `make soak`: busy time is true or the page is closed, at each step."""

from pathlib import Path

import pytest

from tests.soak.life import Life


def lives_through(folder: Path, seed: int, *, days: float = 1000.0, steps: int = 10**9) -> Life:
    life = Life(folder, seed)
    try:
        life.live(days, steps)
        life.come_to_rest()
    except BaseException as error:
        error.add_note("\n".join((f"seed {seed}; the last events:", *life.happenings.events)))
        raise
    finally:
        life.machine.server.streams.end_all()
        life.machine.store.close()
    return life


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", range(2))
def test_hours_of_faults_open_no_page_on_busy_time_that_is_not_true(tmp_path: Path, seed: int) -> None:
    life = lives_through(tmp_path, seed, steps=400)

    assert life.invariants.compared > 100


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(100, 104))
def test_twenty_days_of_faults_open_no_page_on_busy_time_that_is_not_true(tmp_path: Path, seed: int) -> None:
    life = lives_through(tmp_path, seed, days=20)

    assert len(life.happenings.happened) == len(life.happenings.all)
    assert life.invariants.compared > 10_000
