"""`oncetui reconnect`: sign in once more, as a rule with a new password."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import asked_password, at_a_terminal, password_from_stdin
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.network_options import pin_told
from oncetui.cli.outcome import exit_code_for
from oncetui.cli.printing import print_object
from oncetui.model.secret import Secret

if TYPE_CHECKING:
    from oncetui.model.connection import NetworkRoute
    from oncetui.model.profile import Profile


@click.command()
@click.option("--password-stdin", is_flag=True, help="Take the new password from the first line of stdin.")
@click.option("--ews-url", metavar="URL", help="Change the server's address.")
@click.option(
    "--username", metavar="NAME", help=r"Change Domain\UserName; an empty one means the email address."
)
@click.option(
    "--pin",
    default=None,
    metavar="SHA256",
    callback=pin_told,
    help="Trust exactly this certificate of the server; an empty one goes back to the authorities.",
)
@click.option("--send-again", is_flag=True, help="Send a password that was refused before.")
@click.option("--json", "as_json", is_flag=True, help="Print the status object.")
@click.pass_obj
def reconnect(
    composition: Composition,
    *,
    password_stdin: bool,
    ews_url: str | None,
    username: str | None,
    pin: str | None,
    send_again: bool,
    as_json: bool,
) -> int:
    """Connect again, with a new password.

    Every setting is kept; as a rule only the password is asked for. While the connection is interrupted
    the kept password is tried at once. A password that was refused is sent again with --send-again alone.
    """
    from oncetui.cli.status import print_status
    from oncetui.cli.unlocking import unlock
    from oncetui.connector import reconnecting
    from oncetui.connector.watching import current_status
    from oncetui.model.cancellation import Cancellation
    from oncetui.model.lock_outs import OF_A_COMMAND
    from oncetui.model.problem import ProblemError

    profile = composition.profile
    unlock(composition, needed=True)
    secret = _secret(profile, from_stdin=password_stdin)
    changes = reconnecting.ReconnectChanges(ews_url, username, _pinned(profile, ews_url, pin))
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            insistence = replace(OF_A_COMMAND, again=send_again)
            reconnecting.reconnect(profile, secret, changes, cancellation, insistence=insistence)
    except reconnecting.NothingToReconnectError as error:
        raise click.UsageError(str(error)) from None
    except ProblemError as error:
        if not as_json:
            raise
        told = current_status(profile).as_json()
        print_object({**told, "problem": error.problem.as_json()})
        return exit_code_for(error.problem)
    print_status(current_status(profile), profile.time_zone, as_json=as_json)
    return 0


def _secret(profile: "Profile", *, from_stdin: bool) -> Secret | None:
    """Return a new password, None where the kept one is to be tried."""
    from oncetui.model.state import State

    if from_stdin:
        return password_from_stdin()
    saved = profile.settings.load()
    if saved is not None and saved.kept_in.filled_elsewhere:
        return None
    state = profile.connection.load().state
    if state in (State.NOT_CONNECTED, State.DISCONNECTED, State.INTERRUPTED) or not at_a_terminal(sys.stdin):
        return None
    return asked_password("Password (Enter tries the kept one)")


def _pinned(profile: "Profile", ews_url: str | None, pin: str | None) -> "NetworkRoute":
    """Bind the pin to the server's host."""
    from oncetui.model.connection import STRAIGHT, NetworkRoute
    from oncetui.model.spelling import ews_url_spelling, host_of

    settings = profile.settings.load()
    if pin is None or settings is None:
        return STRAIGHT
    host = host_of(settings.ews_url if ews_url is None else ews_url_spelling(ews_url).value)
    return NetworkRoute(pins=((host, pin),))
