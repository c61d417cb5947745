"""`oncetui calendars`: the calendars of the mailbox."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.printing import print_object, print_text


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def calendars(composition: Composition, *, as_json: bool) -> None:
    """List the mailbox's calendars, with their ids."""
    from oncetui.plain.calendars_text import calendars_object, calendars_text

    profile = composition.profile
    known = profile.busy.calendars()
    if as_json:
        print_object(calendars_object(known, profile.clock.now()))
    else:
        print_text(calendars_text(known, profile.pages.pages()))
