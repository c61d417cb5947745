"""`oncetui book`: take a time on a booking page for a customer."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.named_page import named_page
from oncetui.cli.printing import print_object, print_text


@click.command()
@click.argument("page")
@click.argument("time")
@click.option("--name", required=True, metavar="NAME", help="The customer's name.")
@click.option("--email", required=True, metavar="EMAIL", help="The customer's email address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def book(composition: Composition, page: str, time: str, name: str, email: str, *, as_json: bool) -> None:
    """Book a time for a customer.

    PAGE is a link name or name, TIME is written 2026-11-25T10:30; without an offset it is meant in the
    page's zone. The live calendar is asked before the booking is confirmed. A closed page refuses, with the
    exit code of whoever has to open it.
    """
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.bookings.actions import book as book_time
    from oncetui.model.bookings import Customer
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.given_times import moment_given
    from oncetui.plain.activity_text import booking_object, booking_text

    profile = composition.profile
    found = named_page(profile, page)
    try:
        customer = Customer.named(name, email)
        start = moment_given(time, found.time_zone)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    unlock(composition, beside_a_connector=False)
    with cancelled_by_signals(cancellation := Cancellation()):
        booking = book_time(profile, found, start, customer, cancellation)
    if as_json:
        print_object(booking_object(booking))
    else:
        print_text(booking_text(booking, found.time_zone))
