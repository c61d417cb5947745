"""The signs beside a text that is longer than its window."""

import pytest

from oncetui.ui.theme.scroll_mark import ABOVE, BELOW, marks_beside


@pytest.mark.parametrize(
    ("position", "first", "last"),
    [(0, " ", BELOW), (3, ABOVE, BELOW), (10, ABOVE, " ")],
    ids=["at-the-top", "in-between", "at-the-end"],
)
def test_an_arrow_stands_where_the_text_goes_on(position: int, first: str, last: str) -> None:
    marks = marks_beside(5, 15, 5, position)
    assert (marks[0], marks[-1], len(marks)) == (first, last, 5)
    assert set(marks[1:-1]) == {" "}


def test_what_fits_has_none() -> None:
    assert marks_beside(5, 5, 5, 0) == [" "] * 5
    assert marks_beside(0, 15, 5, 0) == []
