"""`oncetui report`: the text for IT, from a check made now and what is kept."""

import base64
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import at_a_terminal
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.outcome import GOOD
from oncetui.cli.printing import print_text

if TYPE_CHECKING:
    from oncetui.connector.checkup.subject import CheckWishes

COPIED = "Copied to the clipboard where this terminal allows programs to (OSC 52); the file is there anyway."


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this new file; - prints it instead.",
)
@click.pass_obj
def report(composition: Composition, *, output: Path | None) -> int:
    """Write a text for your IT support.

    What happened, every stage of a check made now, the last requests, and what exactly an administrator has
    to look at. It holds no password, no sign-in header, no subject and no customer.
    """
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.checkup.checking_up import check_up
    from oncetui.connector.checkup.subject import NothingToCheckError
    from oncetui.connector.report.gathering import gathered, saved_report
    from oncetui.connector.report.wording import report_text
    from oncetui.model.cancellation import Cancellation

    if output is not None and output.name != "-" and output.exists():
        raise click.BadParameter(f"{output} exists already; name a new file.", param_hint="--output")
    profile = composition.profile
    unlock(composition)
    checkup = None
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            checkup = check_up(profile, _of_the_draft(composition), cancellation)
    except NothingToCheckError:
        pass  # what is kept is told all the same
    text = report_text(gathered(profile, checkup=checkup))
    if output is not None and output.name == "-":
        print_text(text)
        return GOOD
    written = saved_report(profile, text, output)
    print_text(f"Written to {written}, for you alone. Read it, then send it to your IT support.")
    if at_a_terminal(sys.stdout):
        _copy(text)
        print_text(COPIED)
    return GOOD


def _of_the_draft(composition: Composition) -> "CheckWishes":
    """Return what an unfinished wizard was told, where nothing is connected; it holds no password."""
    from oncetui.connector.checkup.subject import EVERYTHING_AS_SAVED, CheckWishes
    from oncetui.model.problem import ProblemError

    profile = composition.profile
    try:
        if profile.settings.load() is not None:
            return EVERYTHING_AS_SAVED
        draft = profile.drafts.load()
    except ProblemError:
        return EVERYTHING_AS_SAVED  # the check tells it
    return CheckWishes(draft.email, draft.ews_url, draft.username)


def _copy(text: str) -> None:
    """Ask the terminal to take a text into its clipboard; many do, over SSH too."""
    sys.stdout.write(f"\x1b]52;c;{base64.b64encode(text.encode()).decode('ascii')}\x07")
    sys.stdout.flush()
