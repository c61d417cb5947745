"""Every cause that can be produced here is produced: over real sockets, on a real disk, in a real home."""

from pathlib import Path

import pytest

from oncetui.model.problems import cause_of
from tests.causes.row import Row, Stage
from tests.causes.table import ROWS
from tests.exchange.site import Site


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_failure_is_told_by_its_cause_by_who_acts_and_by_what_to_do(
    row: Row, site: Site, tmp_path: Path
) -> None:
    problem = row.produce(Stage(site, tmp_path))
    assert (problem.code, problem.who) == (row.code, row.who), problem
    assert problem.next.startswith(row.next_step)
    for text in (problem.title, problem.what, problem.why, problem.next):
        assert text
        assert "{" not in text


def test_at_least_sixty_failures_are_produced_and_none_twice() -> None:
    assert len(ROWS) >= 60
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len({(row.code, row.done) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_of_the_table_belongs_to_its_cause(row: Row) -> None:
    numbers = cause_of(row.code).diagnosis
    assert row.diagnosis in numbers if row.diagnosis else not numbers
