"""Patterns of series, first days and time zones, for hypothesis to draw from."""

from datetime import date

from hypothesis import strategies as st

from oncetui.simulator.calendars.patterns import (
    EVERY_DAY,
    LAST,
    WEEKDAYS,
    WEEKEND,
    AbsoluteMonthly,
    AbsoluteYearly,
    Daily,
    Pattern,
    RelativeMonthly,
    RelativeYearly,
    Weekly,
)

DAYS = st.integers(0, 6)
INDEXES = st.sampled_from([1, 2, 3, 4, LAST])
NTH_DAYS = st.one_of(DAYS.map(lambda day: frozenset({day})), st.sampled_from([EVERY_DAY, WEEKDAYS, WEEKEND]))
PATTERNS: st.SearchStrategy[Pattern] = st.one_of(
    st.builds(Daily, st.integers(1, 40)),
    st.builds(Weekly, st.integers(1, 6), st.frozensets(DAYS, min_size=1), DAYS),
    st.builds(AbsoluteMonthly, st.integers(1, 14), st.integers(1, 31)),
    st.builds(RelativeMonthly, st.integers(1, 14), NTH_DAYS, INDEXES),
    st.builds(AbsoluteYearly, st.integers(1, 12), st.integers(1, 31)),
    st.builds(RelativeYearly, st.integers(1, 12), NTH_DAYS, INDEXES),
)
STARTS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from(
    [
        "W. Europe Standard Time",
        "Eastern Standard Time",
        "AUS Eastern Standard Time",
        "Nepal Standard Time",
        "Lord Howe Standard Time",
        "UTC",
    ]
)
