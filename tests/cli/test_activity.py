"""`activity adopt`: what it says before it is done, and what came of it."""

import json
from datetime import timedelta
from typing import cast

import pytest
from click.testing import CliRunner, Result

from oncetui.cli.activity import activity
from oncetui.cli.compose import Composition
from oncetui.model.booked_events import BookedEvent
from oncetui.model.foreign_bookings import TAKING_OVER
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.stamps import Mark, Stamp
from tests.cli.homes import CommandLine
from tests.cli.test_check import OneProfile
from tests.connector.bookings.reception import HALF, Reception


@pytest.fixture
def reception() -> Reception:
    """A connected page, and a booking of another installation in its main calendar."""
    made = Reception()
    stamp = Stamp(Mark("elsewhere", "default", "b9"), 1, made.clock.now() - timedelta(days=2))
    event = BookedEvent(stamp, "Intro: Lee Okafor", made.noon, made.noon + HALF)
    made.mailbox.book("k-own", event)
    return made


def adopt(reception: Reception, *options: str) -> Result:
    composition = cast("Composition", OneProfile(reception.profile))
    return CliRunner().invoke(activity, ["adopt", *options], obj=composition, standalone_mode=False)


def test_a_yes_takes_the_bookings_of_other_installations_over(reception: Reception) -> None:
    result = adopt(reception, "--yes")
    assert "Lee Okafor" in result.stdout
    assert "1 booking is taken over." in result.stdout
    assert "Nothing to take over" in adopt(reception, "--yes").stdout


def test_the_json_object_lists_what_was_taken_over(reception: Reception) -> None:
    (booking,) = json.loads(adopt(reception, "--yes", "--json").stdout)["bookings"]
    assert (booking["id"], booking["name"], booking["email"]) == ("b9", "Lee Okafor", "")


def test_without_a_terminal_nothing_is_taken_over_and_it_says_what_it_would_mean(
    reception: Reception,
) -> None:
    result = adopt(reception)
    assert result.exception is not None
    assert "--yes" in str(result.exception)
    assert all(means in result.stderr for _, means in TAKING_OVER)
    assert reception.store.bookings.since() == ()


def test_where_the_connection_does_not_work_its_problem_ends_the_command(reception: Reception) -> None:
    reception.faulted(PASSWORD_CHANGED, refused=True)
    result = adopt(reception, "--yes")
    assert PASSWORD_CHANGED.code in str(result.exception)


def test_without_a_connection_or_a_page_it_says_what_is_missing(
    oncetui: CommandLine, reception: Reception
) -> None:
    without = oncetui("activity", "adopt", "--yes")
    assert (without.code, "oncetui setup" in without.err) == (2, True)
    for page in reception.store.pages.pages():
        reception.store.pages.delete(page.id)
    assert "pages create" in str(adopt(reception, "--yes").exception)
