"""`explain --subjects`: what the events at a time are called, and what is said where that can't be read."""

import json
from typing import cast

import pytest
from click.testing import CliRunner, Result

from oncetui.cli.compose import Composition
from oncetui.cli.explain import explain
from oncetui.model.calendars import Window
from oncetui.model.problems.network import CONNECTION_LOST
from tests.cli.test_check import OneProfile
from tests.connector.bookings.reception import HALF, Reception
from tests.connector.world import trouble


@pytest.fixture
def reception() -> Reception:
    """A page with an event at noon, and a connector that runs in another process."""
    made = Reception()
    made.mailbox.add_event("k-own", Window(made.noon, made.noon + HALF), subject="Dentist")
    made.goes_on()
    made.store.lock.held_elsewhere = True
    return made


def told(reception: Reception, *options: str) -> Result:
    composition = cast("Composition", OneProfile(reception.profile))
    arguments = ["desk", reception.noon.isoformat(), *options]
    return CliRunner().invoke(explain, arguments, obj=composition, standalone_mode=False)


def test_without_the_option_it_says_how_subjects_are_seen(reception: Reception) -> None:
    result = told(reception)
    assert "Calendar: shows Busy" in result.stdout
    assert "--subjects reads them" in result.stdout
    assert "Dentist" not in result.stdout


def test_subjects_stand_beside_their_events(reception: Reception) -> None:
    assert "Calendar: shows Busy · Dentist" in told(reception, "--subjects").stdout
    (event,) = json.loads(told(reception, "--subjects", "--json").stdout)["events"]
    assert event["subject"] == "Dentist"
    (unread,) = json.loads(told(reception, "--json").stdout)["events"]
    assert unread["subject"] is None
    assert "Dentist" not in repr(vars(reception.store.busy))


def test_where_they_can_not_be_read_the_rest_is_told_all_the_same(reception: Reception) -> None:
    reception.opener.problems.append(trouble(CONNECTION_LOST))
    result = told(reception, "--subjects")
    assert result.exit_code == 0
    assert "Subjects can't be read now: " in result.stderr
    assert "Calendar: shows Busy" in result.stdout


def test_where_no_event_lies_nothing_is_asked(reception: Reception) -> None:
    reception.noon += 4 * HALF
    signed_in = len(reception.opener.sign_ins)
    assert "No event and no booking" in told(reception, "--subjects").stdout
    assert len(reception.opener.sign_ins) == signed_in
