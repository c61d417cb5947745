"""`oncetui explain`: why a time of a booking page is free or not."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.named_page import named_page
from oncetui.cli.printing import print_object, print_text


@click.command()
@click.argument("page")
@click.argument("time")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def explain(composition: Composition, page: str, time: str, *, as_json: bool) -> None:
    """Tell why a time is free or not: each rule, each event and each booking with its verdict.

    PAGE is a link name or name, TIME is written 2026-11-25T10:30; without an offset it is meant in the
    page's zone.
    """
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
    if as_json:
        print_object(explanation_object(told))
    else:
        print_text(explanation_text(told))
