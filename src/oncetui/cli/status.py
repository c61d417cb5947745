"""`oncetui status`: how things are, once or whenever they change."""

from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.status import Status


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status object; with --watch one a line.")
@click.option("--watch", "watching", is_flag=True, help="Print it again whenever something changes.")
@click.pass_obj
def status(composition: Composition, *, as_json: bool, watching: bool) -> int:
    """Tell how the connection is.

    And which booking pages are open, and why others are not. Exit codes: 0 connected, 3 interrupted,
    4 you must act, 5 IT must act, 6 not connected.
    """
    from oncetui.connector.watching import current_status, watch
    from oncetui.model.cancellation import Cancellation

    profile = composition.profile
    if not watching:
        now = current_status(profile)
        print_status(now, profile.time_zone, as_json=as_json)
        return now.exit_code
    watch(
        profile,
        Cancellation(),
        lambda told: print_status(told, profile.time_zone, as_json=as_json, more_follows=True),
    )
    return 0


def print_status(status: "Status", zone: str, *, as_json: bool, more_follows: bool = False) -> None:
    """Print a status as its object or as text."""
    if as_json:
        print_object(status.as_json())
        return
    from oncetui.plain.status_text import status_text

    print_text(status_text(status, zone) + ("\n" if more_follows else ""))
