from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.alarms import SETTLED_AFTER, Alarm, Change, advanced, told_before

PAGE = "page:intro"
WARNING = "warning:clock-wrong"


class Watched:
    """What is told over time of what is wrong at each moment."""

    def __init__(self, alarms: Mapping[str, Alarm] | None = None) -> None:
        self.now = 0.0
        self.alarms: Mapping[str, Alarm] = alarms or {}

    def told(self, wrong: Mapping[str, float], seconds: float) -> list[Change]:
        """Let this be wrong for so many seconds, looked at once a second, and return what is told."""
        changes: list[Change] = []
        for _ in range(int(seconds)):
            outcome = advanced(self.alarms, wrong, self.now)
            self.alarms = outcome.alarms
            changes += sorted(outcome.changes)
            self.now += 1
        return changes


def test_a_page_that_closes_and_opens_is_told_once_each() -> None:
    watched = Watched()

    assert watched.told({PAGE: 0}, 600) == [Change.CLOSED]
    assert watched.told({}, 600) == [Change.OPENED]


def test_an_alarm_waits_as_long_as_its_problem_says() -> None:
    watched = Watched()

    assert watched.told({PAGE: 30}, 30) == []
    assert watched.told({PAGE: 30}, 1) == [Change.CLOSED]


def test_a_short_outage_tells_nothing() -> None:
    watched = Watched()

    assert watched.told({PAGE: 30}, 20) == []
    assert watched.told({}, 600) == []


def test_a_flapping_line_is_told_once() -> None:
    watched = Watched()

    told = [change for _ in range(40) for change in watched.told({PAGE: 30}, 5) + watched.told({}, 8)]

    assert told == [Change.CLOSED]
    assert watched.told({}, 600) == [Change.OPENED]


def test_a_warning_is_told_when_it_comes_up_and_again_once_it_was_gone_for_a_while() -> None:
    watched = Watched()

    assert watched.told({WARNING: 0}, 600) == [Change.WARNING]
    assert watched.told({}, 600) == []
    assert watched.told({WARNING: 0}, 1) == [Change.WARNING]


def test_what_an_earlier_run_told_is_not_told_again() -> None:
    watched = Watched(told_before([PAGE], 0.0))

    assert watched.told({PAGE: 0}, 600) == []
    assert watched.told({}, 600) == [Change.OPENED]


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 200)), max_size=20), st.sampled_from([0.0, 30.0, 60.0])
)
def test_closed_and_opened_take_turns_and_opened_needs_a_quiet_while(
    course: list[tuple[bool, int]], waits: float
) -> None:
    watched, told = Watched(), list[tuple[Change, float]]()
    for closed, seconds in course:
        for _ in range(seconds):
            told += [(change, watched.now) for change in watched.told({PAGE: waits} if closed else {}, 1)]

    changes = [change for change, _ in told]
    assert changes == [(Change.CLOSED, Change.OPENED)[place % 2] for place in range(len(changes))]
    for (_, closed_at), (_, opened_at) in zip(told[::2], told[1::2], strict=False):
        assert opened_at - closed_at >= SETTLED_AFTER
