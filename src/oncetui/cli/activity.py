"""`oncetui activity`: the bookings, and what a person decides about them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.bookings import Booking
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.profile import Profile


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="List what is over, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def activity(ctx: click.Context, /, *, everything: bool, as_json: bool) -> None:
    """List the bookings, or cancel, move and settle one."""
    if ctx.invoked_subcommand is not None:
        return
    from datetime import timedelta

    from oncetui.plain.activity_text import activity_object, activity_text

    composition: Composition = ctx.obj
    profile = composition.profile
    since = None if everything else profile.clock.now() - timedelta(days=7)
    bookings = profile.bookings.since(since)
    if as_json:
        print_object(activity_object(bookings))
    else:
        print_text(activity_text(bookings, profile.time_zone))


@activity.command()
@click.argument("booking")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def cancel(composition: Composition, booking: str, *, as_json: bool) -> None:
    """Cancel a booking and remove its events from the calendars."""
    from oncetui.connector.bookings import actions

    _do(composition, lambda profile, until: actions.cancel(profile, booking, until), as_json=as_json)


@activity.command()
@click.argument("booking")
@click.argument("time")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def reschedule(composition: Composition, booking: str, time: str, *, as_json: bool) -> None:
    """Move a booking to another time, written 2026-11-25T10:30; its events move with it."""
    from oncetui.connector.bookings import actions
    from oncetui.model.given_times import moment_given

    profile = composition.profile
    page = actions.page_of(profile, actions.standing(profile, booking))
    try:
        start = moment_given(time, page.time_zone)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    _do(composition, lambda own, until: actions.reschedule(own, booking, start, until), as_json=as_json)


@activity.command()
@click.argument("booking")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def follow(composition: Composition, booking: str, *, as_json: bool) -> None:
    """Let a booking become what somebody made of its event in the calendar."""
    from oncetui.connector.bookings import actions

    _do(composition, lambda profile, until: actions.follow(profile, booking, until), as_json=as_json)


@activity.command()
@click.argument("booking")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def restore(composition: Composition, booking: str, *, as_json: bool) -> None:
    """Put a booking's events back to where they belong."""
    from oncetui.connector.bookings import actions

    _do(composition, lambda profile, until: actions.restore(profile, booking, until), as_json=as_json)


@activity.command()
@click.argument("booking")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def complete(composition: Composition, booking: str, *, as_json: bool) -> None:
    """Say that a booking took place."""
    from oncetui.connector.bookings import actions
    from oncetui.model.bookings import BookingStatus

    _do(
        composition,
        lambda profile, _: actions.close(profile, booking, BookingStatus.COMPLETED),
        as_json=as_json,
    )


@activity.command(name="no-show")
@click.argument("booking")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def no_show(composition: Composition, booking: str, *, as_json: bool) -> None:
    """Say that nobody came."""
    from oncetui.connector.bookings import actions
    from oncetui.model.bookings import BookingStatus

    _do(
        composition,
        lambda profile, _: actions.close(profile, booking, BookingStatus.NO_SHOW),
        as_json=as_json,
    )


def _do(
    composition: Composition, work: "Callable[[Profile, Cancellation], Booking]", *, as_json: bool
) -> None:
    from oncetui.model.cancellation import Cancellation
    from oncetui.plain.activity_text import booking_object, booking_text

    profile = composition.profile
    with cancelled_by_signals(cancellation := Cancellation()):
        booking = work(profile, cancellation)
    if as_json:
        print_object(booking_object(booking))
    else:
        print_text(booking_text(booking, profile.time_zone))
