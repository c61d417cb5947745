"""A stamp is read back as it was written, and nothing else is taken for one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.stamps import ANY_STAMP, Mark, Stamp

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=40)
MARKS = st.builds(Mark, WORDS, WORDS, WORDS)
OFFSETS = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
STAMPS = st.builds(
    Stamp,
    MARKS,
    st.integers(1, 10**8),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS),  # noqa: DTZ001  # bounds are naive
)


@given(STAMPS)
def test_a_stamp_is_read_as_it_was_written(stamp: Stamp) -> None:
    read = Stamp.read(stamp.text)
    assert read == stamp
    assert read is not None
    assert read.taken_at.tzinfo is UTC


@given(STAMPS, MARKS)
def test_a_mark_begins_its_own_stamps_and_no_others(stamp: Stamp, mark: Mark) -> None:
    assert stamp.text.startswith(mark.prefix) == (mark == stamp.mark)
    assert stamp.text.startswith(ANY_STAMP)


@given(st.text())
def test_any_text_may_stand_in_the_property(text: str) -> None:
    read = Stamp.read(text)
    assert read is None or Stamp.read(read.text) == read


@pytest.mark.parametrize("part", ["", "two|parts", "two words", "x" * 121])
def test_what_could_be_read_as_two_parts_is_no_part(part: str) -> None:
    with pytest.raises(ValueError, match="stamp"):
        Mark("here", "default", part)
