"""What becomes of upcoming bookings when a page's main calendar changes."""

import sys

import click

from oncetui.cli.input import at_a_terminal
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.printing import print_text
from oncetui.connector.bookings.actions import have_worked_off
from oncetui.connector.bookings.moving_calendar import bookings_elsewhere, move_bookings_along
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.profile import Profile


def moves_along(
    profile: Profile, page: BookingPage, associated: AssociatedCalendars, *, move: bool | None
) -> bool:
    """Tell whether upcoming bookings go along into the main calendar of `associated`; ask where nobody said.

    Raises a usage error where somebody has to say it and can't be asked.
    """
    moves = associated.main not in (None, page.associated.main)
    if move is not None or not moves:
        return bool(move)
    number = len(bookings_elsewhere(profile, page.id, associated))
    if not number:
        return False
    stay = "1 upcoming booking is" if number == 1 else f"{number} upcoming bookings are"
    if not at_a_terminal(sys.stdin):
        raise click.UsageError(
            f"{stay} in another calendar: add --move-bookings to move them along, or --leave-bookings to "
            "leave them where they are."
        )
    return click.confirm(f"{stay} in another calendar. Move them along?", default=False, err=True)


def moved_along(profile: Profile, page: str, associated: AssociatedCalendars) -> None:
    """Let them go along, and tell how many do; what Exchange can't be told now waits in the outbox."""
    moved = move_bookings_along(profile, page, associated)
    if not moved:
        return
    with cancelled_by_signals(cancellation := Cancellation()):
        have_worked_off(profile, cancellation)
    waits = len([one for one in profile.bookings.outbox() if one.page == page])
    told = f"{'1 booking moves' if moved == 1 else f'{moved} bookings move'} along."
    print_text(f"{told} {waits} wait for the calendar." if waits else told, to_person=True)
