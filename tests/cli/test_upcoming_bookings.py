"""`pages calendars --main`: what becomes of upcoming bookings is said, asked, or has to be given."""

import json
from typing import cast

import click
import pytest
from click.testing import CliRunner, Result

from oncetui.cli.compose import Composition
from oncetui.cli.pages import pages
from tests.cli.test_check import OneProfile
from tests.connector.bookings.reception import HALF, KIM, Reception


@pytest.fixture
def reception() -> Reception:
    made = Reception()
    made.book()
    made.book(made.noon + HALF, KIM)
    return made


def choose(reception: Reception, *options: str) -> Result:
    composition = cast("Composition", OneProfile(reception.profile))
    arguments = ["calendars", "desk", *options, "--json"]
    return CliRunner().invoke(pages, arguments, obj=composition, standalone_mode=False)


def main_of(result: Result) -> str:
    return str(json.loads(result.stdout)["main"])


def calendar(reception: Reception, name: str) -> str:
    return next(one.id for one in reception.store.busy.calendars() if one.name == name)


def test_without_a_terminal_it_has_to_be_said_and_nothing_changes(reception: Reception) -> None:
    result = choose(reception, "--main", "Private")
    assert isinstance(result.exception, click.UsageError)
    assert result.exception.exit_code == 2
    assert str(result.exception.message).startswith("2 upcoming bookings are in another calendar: add --move")
    (page,) = (page for page in reception.store.pages.pages() if page.id == "desk")
    assert page.associated.main == calendar(reception, "Calendar")


def test_they_move_along_where_that_is_said(reception: Reception) -> None:
    result = choose(reception, "--main", "Private", "--move-bookings")
    assert main_of(result) == calendar(reception, "Private")
    assert "2 bookings move along." in result.stderr
    reception.goes_on()
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (0, 2)


def test_they_stay_where_that_is_said_and_may_follow_later(reception: Reception) -> None:
    assert choose(reception, "--main", "Private", "--leave-bookings").exit_code == 0
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (2, 2)
    assert choose(reception, "--busy", "Calendar").exit_code == 0
    assert len(reception.events("k-own")) == 2
    assert choose(reception, "--move-bookings").exit_code == 0
    reception.goes_on()
    assert (len(reception.events("k-own")), len(reception.events("k-private"))) == (0, 2)


def test_nothing_is_asked_without_bookings_or_with_the_same_main_calendar(reception: Reception) -> None:
    assert choose(reception, "--main", "Calendar", "--no-busy").exit_code == 0
    reception.store.bookings.kept = []
    assert main_of(choose(reception, "--main", "Private")) == calendar(reception, "Private")
