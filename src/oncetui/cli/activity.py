"""`oncetui activity`: the bookings, and what a person decides about them."""

import functools
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


def _of_one_booking(decision: "Callable[..., Booking]") -> "Callable[..., None]":
    """Make a decision about one booking a command, which takes BOOKING and prints what became of it."""

    @click.argument("booking")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @click.pass_obj
    @functools.wraps(decision)
    def decide(composition: Composition, /, booking: str, *, as_json: bool, **given: str) -> None:
        from oncetui.cli.unlocking import unlock
        from oncetui.model.cancellation import Cancellation
        from oncetui.plain.activity_text import booking_object, booking_text

        profile = composition.profile
        unlock(composition, beside_a_connector=False)
        with cancelled_by_signals(cancellation := Cancellation()):
            decided = decision(profile, booking, cancellation, **given)
        if as_json:
            print_object(booking_object(decided))
        else:
            print_text(booking_text(decided, profile.time_zone))

    return decide


@activity.command()
@_of_one_booking
def cancel(profile: "Profile", booking: str, until: "Cancellation") -> "Booking":
    """Cancel a booking and remove its events from the calendars."""
    from oncetui.connector.bookings import actions

    return actions.cancel(profile, booking, until)


@activity.command()
@_of_one_booking
@click.argument("time")
def reschedule(profile: "Profile", booking: str, until: "Cancellation", *, time: str) -> "Booking":
    """Move a booking to another time, written 2026-11-25T10:30; its events move with it."""
    from oncetui.connector.bookings import actions
    from oncetui.model.given_times import moment_given

    page = actions.page_of(profile, actions.standing(profile, booking))
    try:
        start = moment_given(time, page.time_zone)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return actions.reschedule(profile, booking, start, until)


@activity.command()
@_of_one_booking
def follow(profile: "Profile", booking: str, until: "Cancellation") -> "Booking":
    """Let a booking become what somebody made of its event in the calendar."""
    from oncetui.connector.bookings import actions

    return actions.follow(profile, booking, until)


@activity.command()
@_of_one_booking
def restore(profile: "Profile", booking: str, until: "Cancellation") -> "Booking":
    """Put a booking's events back to where they belong."""
    from oncetui.connector.bookings import actions

    return actions.restore(profile, booking, until)


@activity.command()
@_of_one_booking
def complete(profile: "Profile", booking: str, _: "Cancellation") -> "Booking":
    """Say that a booking took place."""
    from oncetui.connector.bookings import actions
    from oncetui.model.bookings import BookingStatus

    return actions.close(profile, booking, BookingStatus.COMPLETED)


@activity.command(name="no-show")
@_of_one_booking
def no_show(profile: "Profile", booking: str, _: "Cancellation") -> "Booking":
    """Say that nobody came."""
    from oncetui.connector.bookings import actions
    from oncetui.model.bookings import BookingStatus

    return actions.close(profile, booking, BookingStatus.NO_SHOW)


@activity.command()
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def adopt(composition: Composition, *, yes: bool, as_json: bool) -> None:
    """Take over the coming bookings that another installation made; it says first what that means."""
    from oncetui.cli.input import confirmed
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.bookings.taking_over import take_over_foreign
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.foreign_bookings import TAKING_OVER
    from oncetui.model.state import State
    from oncetui.plain.activity_text import activity_object, taken_over_text

    profile = composition.profile
    if profile.connection.load().state in (State.NOT_CONNECTED, State.DISCONNECTED):
        raise click.UsageError("There is no calendar to take bookings over from; run: oncetui setup")
    if not profile.pages.pages():
        raise click.UsageError("Bookings go with a page; make one first, as in: oncetui pages create Intro")
    if not yes:
        print_text("\n".join(f"{name} {means}." for name, means in TAKING_OVER), to_person=True)
    if not confirmed("Take over the bookings of other installations?", yes=yes):
        raise click.Abort
    unlock(composition, beside_a_connector=False)
    with cancelled_by_signals(cancellation := Cancellation()):
        bookings = take_over_foreign(profile, cancellation)
    if as_json:
        print_object(activity_object(bookings))
    else:
        print_text(taken_over_text(bookings, profile.time_zone))
