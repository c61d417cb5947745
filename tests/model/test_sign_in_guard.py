from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from oncetui.model.problems.sign_in import PASSWORD_REFUSED
from oncetui.model.sign_in_guard import OBSERVED_FOR, Attempted, Refusal, lock_out_risk
from tests.fakes.clock import MONDAY_MORNING as NOW

ANNA = Attempted("anna@contoso.example", "mail.contoso.example", "anna")


def refusals(*minutes_ago: float, counts: bool = True) -> list[Refusal]:
    problem = PASSWORD_REFUSED.problem()
    return [Refusal(ANNA, NOW - timedelta(minutes=ago), problem, counts) for ago in minutes_ago]


def test_without_refusals_nothing_is_at_risk() -> None:
    assert lock_out_risk([], NOW) is None


def test_one_refusal_is_counted_and_brings_the_lock_not_near() -> None:
    risk = lock_out_risk(refusals(10), NOW)
    assert risk is not None
    assert (risk.refusals, risk.is_near) == (1, False)


def test_after_two_the_lock_is_near_until_half_an_hour_after_the_last() -> None:
    risk = lock_out_risk(refusals(20, 10), NOW)
    assert risk is not None
    assert risk.is_near
    assert risk.safe_at == NOW + timedelta(minutes=20)


def test_each_refusal_keeps_the_one_before_it_in_the_count() -> None:
    risk = lock_out_risk(refusals(70, 45, 20), NOW)
    assert risk is not None
    assert risk.refusals == 3


def test_a_pause_of_half_an_hour_starts_the_count_anew() -> None:
    assert lock_out_risk(refusals(100, 30), NOW) is None
    risk = lock_out_risk(refusals(60, 29), NOW)
    assert risk is not None
    assert risk.refusals == 1


def test_what_was_refused_before_a_success_counts_no_longer() -> None:
    assert lock_out_risk(refusals(5, 1, counts=False), NOW) is None


@given(st.lists(st.floats(min_value=-120, max_value=120), max_size=8))
def test_it_is_safe_again_half_an_hour_from_now_at_the_latest(minutes: list[float]) -> None:
    risk = lock_out_risk(refusals(*minutes), NOW)
    assume(risk is not None)

    assert risk is not None
    assert NOW < risk.safe_at <= NOW + OBSERVED_FOR
    assert 0 < risk.refusals <= len(minutes)
