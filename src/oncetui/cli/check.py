"""`oncetui check`: every stage between here and the calendar, with its evidence."""

import sys
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import asked_password, at_a_terminal, password_from_stdin
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.outcome import GOOD, exit_code_for
from oncetui.cli.printing import print_object, print_text
from oncetui.model.secret import Secret

if TYPE_CHECKING:
    from oncetui.model.checkup import Checkup, StageResult


@click.command()
@click.argument("email", default="", metavar="[EMAIL]")
@click.option("--ews-url", default="", metavar="URL", help="The server; mail.contoso.example is enough.")
@click.option(
    "--username", default="", metavar="NAME", help=r"Domain\UserName, where the email isn't accepted."
)
@click.option("--password-stdin", is_flag=True, help="Take the password from the first line of stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with all stages.")
@click.pass_obj
def check(
    composition: Composition,
    *,
    email: str,
    ews_url: str,
    username: str,
    password_stdin: bool,
    as_json: bool,
) -> int:
    """Tell every stage of the way to the calendar, with its evidence.

    Without EMAIL it checks the saved connection with its kept password. It changes nothing, and a password
    that was refused is never sent again. The exit code says whose turn it is, as that of setup does.
    """
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.checkup.checking_up import check_up
    from oncetui.connector.checkup.subject import CheckWishes, NothingToCheckError
    from oncetui.model.cancellation import Cancellation

    profile = composition.profile
    secret = password_from_stdin() if password_stdin else None
    if secret is None and email and not as_json:
        secret = _asked(composition, email)
    if secret is None:
        unlock(composition)
    wishes = CheckWishes(email, ews_url, username, secret)
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            checkup = check_up(profile, wishes, cancellation, _silent if as_json else _told)
    except NothingToCheckError as error:
        raise click.UsageError(str(error)) from None
    return _concluded(checkup, as_json=as_json)


def _asked(composition: Composition, email: str) -> Secret | None:
    """Ask for the password where somebody can be asked and none is kept for this mailbox."""
    saved = composition.profile.settings.load()
    if not at_a_terminal(sys.stdin) or (saved is not None and saved.mailbox.lower() == email.lower()):
        return None
    return asked_password("Password (Enter leaves the sign-in out)")


def _concluded(checkup: "Checkup", *, as_json: bool) -> int:
    if as_json:
        print_object(checkup.as_json())
    else:
        from oncetui.plain.checkup_text import outcome_lines

        print_text("\n".join(["", *outcome_lines(checkup)]))
    return GOOD if checkup.problem is None else exit_code_for(checkup.problem)


def _told(result: "StageResult") -> None:
    """Print a stage once it is over: lines appear as the check goes on."""
    from oncetui.model.checkup import Outcome
    from oncetui.plain.checkup_text import stage_lines

    if result.outcome is not Outcome.UNDER_WAY:
        print_text("\n".join(stage_lines(result)))


def _silent(_result: "StageResult") -> None:
    """Print nothing before the one object at the end."""
