"""`oncetui disconnect`: erase the mailbox's data and its password."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import confirmed
from oncetui.cli.printing import print_object, print_text


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would be erased.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the status object.")
@click.pass_obj
def disconnect(composition: Composition, *, dry_run: bool, yes: bool, as_json: bool) -> int:
    """Erase the mailbox's data and its password.

    Booking pages and bookings stay, and consult no calendar any more. Where the password changed,
    reconnect is what you want.
    """
    from oncetui.cli.status import print_status
    from oncetui.connector import disconnecting
    from oncetui.connector.watching import current_status
    from oncetui.plain.disconnect_text import preview_object, preview_text

    profile = composition.profile
    preview = disconnecting.preview(profile)
    if dry_run and as_json:
        print_object(preview_object(preview))
        return 0
    left: tuple[str, ...] = ()
    if preview is None and not dry_run:
        left = disconnecting.take_last_copies(profile).left
    if preview is not None:
        if not as_json:
            print_text(preview_text(preview))
        if dry_run:
            return 0
        if not confirmed("Disconnect?", yes=yes):
            raise click.Abort
        left = disconnecting.disconnect(profile).left
    for sentence in left:
        print_text(f"! {sentence}", to_person=True)
    print_status(current_status(profile), profile.time_zone, as_json=as_json)
    return 0
