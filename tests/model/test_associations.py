"""The rules that every toggle of the calendar matrix keeps."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.associations import (
    AssociatedCalendars,
    Choice,
    choose_main,
    suggested,
    toggle_additional,
    toggle_busy,
)
from oncetui.model.calendars import Calendar

CALENDAR = Calendar("c1", "k1", "Calendar", writable=True, default=True)
PRIVATE = Calendar("c2", "k2", "Private", writable=True)
TEAM = Calendar("c3", "k3", "Team Sales", writable=True, owner="team@contoso.example")
HOLIDAYS = Calendar("c4", "k4", "Holidays", writable=False)
ALL = (CALENDAR, PRIVATE, TEAM, HOLIDAYS)


def test_the_usual_choice_is_the_default_calendar_and_the_own_writable_ones_for_busy() -> None:
    assert suggested(ALL) == AssociatedCalendars(main="c1", busy=frozenset({"c1", "c2"}))


def test_a_default_calendar_that_is_read_only_is_passed_over() -> None:
    locked = Calendar("c1", "k1", "Calendar", writable=False, default=True)
    assert suggested((locked, PRIVATE)).main == "c2"
    assert suggested((locked,)) == AssociatedCalendars()


def test_a_read_only_calendar_takes_no_bookings_but_may_make_busy() -> None:
    before = suggested(ALL)
    for toggle in (choose_main, toggle_additional):
        choice = toggle(before, HOLIDAYS)
        assert choice.refused
        assert choice.associated == before
        assert "read-only" in choice.sentence
    assert "c4" in toggle_busy(before, HOLIDAYS).associated.busy


def test_the_main_calendar_can_be_neither_additional_nor_let_go_of_for_busy() -> None:
    before = suggested(ALL)
    assert toggle_additional(before, CALENDAR).refused
    assert toggle_busy(before, CALENDAR).refused


def test_an_additional_calendar_that_becomes_the_main_one_is_no_longer_additional() -> None:
    with_team = toggle_additional(suggested(ALL), TEAM).associated
    assert choose_main(with_team, TEAM).associated.additional == frozenset()


def test_choosing_the_main_calendar_again_lets_go_of_it_and_says_what_that_means() -> None:
    choice = choose_main(suggested(ALL), CALENDAR)
    assert choice.associated.main is None
    assert "accepts no bookings" in choice.sentence


Toggle = Callable[[AssociatedCalendars, Calendar], Choice]
toggles = st.sampled_from([choose_main, toggle_additional, toggle_busy])


@given(st.lists(st.tuples(toggles, st.sampled_from(ALL))))
def test_no_order_of_toggles_breaks_a_rule(presses: list[tuple[Toggle, Calendar]]) -> None:
    associated = suggested(ALL)
    for toggle, calendar in presses:
        choice = toggle(associated, calendar)
        assert choice.sentence
        assert choice.refused == (choice.associated == associated)
        associated = choice.associated
    assert "c4" not in associated.additional
    assert associated.main != "c4"
    assert associated.main not in associated.additional
    assert associated.main is None or associated.main in associated.makes_busy
