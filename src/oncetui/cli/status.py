"""`oncetui status`: how things are, once or whenever they change."""

from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.outcome import CANCELLED
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.profile import Profile
    from oncetui.model.status import Status


@click.command()
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the status object; with --watch one a line.",
)
@click.option("--watch", "watching", is_flag=True, help="Print a line for each change until Ctrl+C.")
@click.pass_obj
def status(composition: Composition, *, as_json: bool, watching: bool) -> int:
    """Tell how the connection is.

    And which booking pages are open, and why others are not. Exit codes: 0 connected, 3 interrupted,
    4 you must act, 5 IT must act, 6 not connected; 130 ends a watch.
    """
    from oncetui.connector.watching import current_status

    profile = composition.profile
    if watching:
        return _watch(profile, as_json=as_json)
    now = current_status(profile)
    print_status(now, profile.time_zone, as_json=as_json)
    return now.exit_code


def _watch(profile: "Profile", *, as_json: bool) -> int:
    """Print a line for each change until a signal comes."""
    from oncetui.cli.interrupting import cancelled_by_signals
    from oncetui.connector.watching import watch
    from oncetui.model.cancellation import Cancellation, CancelledByUserError
    from oncetui.plain.status_text import change_line

    printed: object = None

    def told(status: "Status") -> None:
        nonlocal printed
        line = status.as_json() if as_json else change_line(status)
        if line != printed:
            printed = line
            if as_json:
                print_object(status.as_json())
            else:
                print_text(f"{moment_of(status, profile.time_zone)}  {line}")

    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            watch(profile, cancellation, told)
    except CancelledByUserError:
        pass  # how watching ends: whoever reads the lines gets no other one
    return CANCELLED


def moment_of(status: "Status", zone: str) -> str:
    """Return the time of a status as the watch shows it, with its offset from UTC."""
    from zoneinfo import ZoneInfo

    return status.now.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def print_status(status: "Status", zone: str, *, as_json: bool) -> None:
    """Print a status as its object or as text."""
    if as_json:
        print_object(status.as_json())
        return
    from oncetui.plain.status_text import status_text

    print_text(status_text(status, zone))
