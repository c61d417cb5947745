"""`oncetui slots`: the times of a booking page that can be booked."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.named_page import named_page
from oncetui.cli.printing import print_list, print_text

USUAL_DAYS = 7
MOST_DAYS = 366


@click.command()
@click.argument("page")
@click.option(
    "--from", "first", metavar="DATE", help="From this date on, as in 2026-11-25; today by default."
)
@click.option("--days", metavar="N", default=str(USUAL_DAYS), show_default=True, help="For so many days.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.pass_obj
def slots(composition: Composition, page: str, first: str | None, days: str, *, as_json: bool) -> None:
    """List the free slots of a page; PAGE is its link name or name.

    A closed page has none, and says why on standard error.
    """
    from oncetui.connector.availability import Known, days_from
    from oncetui.model.availability.slots import local_date
    from oncetui.model.given_times import date_given
    from oncetui.plain.slots_text import slots_list, slots_text

    profile = composition.profile
    if not (days.isascii() and days.isdecimal() and 1 <= int(days[:9]) <= MOST_DAYS):
        raise click.UsageError(f"“{days}” is no number of days from 1 to 366, such as --days 7.")
    try:
        begin = None if first is None else date_given(first)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    found = named_page(profile, page)
    known = Known.of(profile)
    closed = known.closed(found)
    free = tuple(known.slots(found, days_from(begin or local_date(found, known.now), int(days))))
    if closed is not None:
        print_text(f"{found.name} is closed: {closed.text}", to_person=True)
    if as_json:
        print_list(slots_list(free))
    elif closed is None:
        print_text(slots_text(free, found))
