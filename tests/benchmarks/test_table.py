"""The table that `make bench` prints."""

import pytest
from benchmarks.table import Row, at_most, compared, lines_of, told


@pytest.mark.parametrize(("value", "verdict"), [(0.29, "ok"), (0.35, "ok"), (0.351, "over")])
def test_a_value_is_over_only_past_its_limit(value: float, verdict: str) -> None:
    assert at_most("oncetui status", value, 0.35, "s").verdict == verdict


def test_what_is_there_to_compare_with_has_no_verdict() -> None:
    assert compared("python -c pass", 0.011, "s", decimals=3) == Row("python -c pass", "0.011 s")
    assert compared("python -c pass", 0.011, "s").verdict == ""


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (8.0, "s", 2, "8 s"),
        (0.31, "s", 2, "0.31 s"),
        (100.0, "B", 0, "100 B"),
        (0.0, "B", 1, "0 B"),
        (4, "", 0, "4"),
    ],
)
def test_values_are_told_without_zeros_that_say_nothing(
    value: float, unit: str, decimals: int, text: str
) -> None:
    assert told(value, unit, decimals) == text


def test_a_section_is_its_title_and_aligned_rows() -> None:
    title, first, second = lines_of(
        "Quick commands", [at_most("--version", 0.05, 0.1, "s"), compared("python -c pass", 0.01, "s")]
    )

    assert title == "Quick commands"
    assert first.endswith("0.05 s       0.1 s  ok")
    assert second.index("0.01 s") == first.index("0.05 s")
    assert second.endswith("0.01 s")
