"""`oncetui refresh`: check the connection now."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.outcome import TEMPORARY, exit_code_for
from oncetui.cli.printing import print_text

NOBODY_ANSWERED = (
    "The running connector did not check within a minute; it may wait for the server, and checks as soon as "
    "it can."
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status object.")
@click.pass_obj
def refresh(composition: Composition, *, as_json: bool) -> int:
    """Check the connection now.

    Tells how things are after it, with the exit codes of status. A running connector is asked to; without
    one it is done here.
    """
    from oncetui.cli.status import print_status
    from oncetui.cli.unlocking import unlock
    from oncetui.connector import refreshing
    from oncetui.connector.asking import NobodyAnsweredError
    from oncetui.connector.watching import current_status
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.state import State

    profile = composition.profile
    if profile.connection.load().state in (State.NOT_CONNECTED, State.DISCONNECTED):
        raise click.UsageError("There is no connection to check; to make one, run: oncetui setup")
    unlock(composition, beside_a_connector=False)
    code = None
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            refreshing.refresh(profile, cancellation)
    except NobodyAnsweredError as error:
        hangs = error.problem
        print_text(NOBODY_ANSWERED if hangs is None else f"{hangs.what} {hangs.next}", to_person=True)
        code = TEMPORARY if hangs is None else exit_code_for(hangs)
    status = current_status(profile)
    print_status(status, profile.time_zone, as_json=as_json)
    return status.exit_code if code is None else code
