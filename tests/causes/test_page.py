"""What docs/problems.md says is what there is."""

import pytest

from oncetui.model.problem import Cause
from oncetui.model.problems import causes
from tests.causes.page import NOT_PRODUCED, PAGE, written
from tests.causes.table import ROWS


def test_the_page_is_the_one_that_the_catalogue_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "run: make problems"


@pytest.mark.parametrize("cause", [cause for cause in causes() if cause.diagnosis], ids=lambda it: it.code)
def test_every_diagnosis_says_how_it_shows(cause: Cause) -> None:
    assert cause.signal


def test_what_cannot_be_produced_is_not_produced() -> None:
    assert set(NOT_PRODUCED).isdisjoint(row.code for row in ROWS)
    assert set(NOT_PRODUCED) <= {cause.code for cause in causes()}
