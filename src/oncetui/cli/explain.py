"""`oncetui explain`: why a time of a booking page is free or not."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.named_page import named_page
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.availability.explaining import Explanation
    from oncetui.model.profile import Profile


@click.command()
@click.argument("page")
@click.argument("time")
@click.option("--subjects", is_flag=True, help="Read the events' subjects from the calendar; none is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def explain(composition: Composition, page: str, time: str, *, subjects: bool, as_json: bool) -> None:
    """Tell why a time is free or not: each rule, each event and each booking with its verdict.

    PAGE is a link name or name, TIME is written 2026-11-25T10:30; without an offset it is meant in the
    page's zone.
    """
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.availability import Known
    from oncetui.model.given_times import moment_given
    from oncetui.plain.explanation_text import explanation_object, explanation_text

    profile = composition.profile
    found = named_page(profile, page)
    try:
        start = moment_given(time, found.time_zone)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    told = Known.of(profile).explanation(found, start)
    if subjects:
        unlock(composition)
    named = _subjects(profile, told) if subjects else None
    if as_json:
        print_object(explanation_object(told, named))
    else:
        print_text(explanation_text(told, named))


def _subjects(profile: "Profile", told: "Explanation") -> "Mapping[str, str]":
    """Read the subjects of the events that were told of; where that can't be done now, say why."""
    from oncetui.connector.live_names import subjects_read_beside
    from oncetui.connector.reconnecting import NothingToReconnectError
    from oncetui.model.availability.slots import Days, local_date
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.problem import ProblemError

    calendars = {one.calendar.id: one.calendar for one in told.events}
    if not calendars:
        return {}
    day = local_date(told.page, told.start)
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            return subjects_read_beside(
                profile, calendars.values(), Days(day, day).window(told.page), cancellation
            )
    except ProblemError as error:
        print_text(f"Subjects can't be read now: {error.problem.what}", to_person=True)
    except NothingToReconnectError:
        print_text("Subjects can't be read: no mailbox is connected.", to_person=True)
    return {}
