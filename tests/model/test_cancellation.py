"""Cancelling wakes whatever waits, once."""

import pytest

from oncetui.model.cancellation import Cancellation, CancelledByUserError


def test_cancelling_runs_the_wake_ups_of_the_blocks_that_are_open() -> None:
    cancellation = Cancellation()
    woken: list[str] = []
    with cancellation.waking(lambda: woken.append("closed")):
        pass
    with cancellation.waking(lambda: woken.append("open")):
        cancellation.cancel()
        cancellation.cancel()
    assert woken == ["open"]


def test_a_block_entered_after_cancelling_is_woken_at_once() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    woken: list[str] = []
    with cancellation.waking(lambda: woken.append("late")):
        assert woken == ["late"]


def test_work_can_ask_to_be_stopped_by_an_exception() -> None:
    cancellation = Cancellation()
    cancellation.raise_if_cancelled()
    cancellation.cancel()
    assert cancellation.cancelled
    with pytest.raises(CancelledByUserError):
        cancellation.raise_if_cancelled()
