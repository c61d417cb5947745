"""The passphrase at the terminal: asked for before work begins, so that nothing waits for it under way."""

import sys
from dataclasses import replace

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import asked_password, at_a_terminal
from oncetui.cli.printing import print_text
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError, Who
from oncetui.model.problems.local import PASSPHRASE_MISSING, PASSPHRASE_WRONG

TRIES = 3
ASKED = "Passphrase"
SKIPPING = "Passphrase (Enter only watches)"


def unlock(composition: Composition, *, beside_a_connector: bool = True, needed: bool = False) -> None:
    """Ask for the passphrase where the password is sealed with one and nobody told it yet.

    Without a terminal nobody is asked. Where a connector runs elsewhere it may be left out, or isn't asked
    for at all unless it is wanted `beside_a_connector`. Raises `ProblemError` for a wrong one, and where it
    is `needed` and nobody can be asked.
    """
    if not composition.wants_passphrase:
        return
    runs = composition.profile.commands.heartbeat() is not None
    if runs and not beside_a_connector:
        return
    if composition.passphrase is not None:
        _opens(composition)
    elif at_a_terminal(sys.stdin) and at_a_terminal(sys.stderr):
        _ask(composition, may_skip=runs and not needed)
    elif needed:
        raise ProblemError(replace(PASSPHRASE_MISSING.problem(), who=Who.USER))


def choose_passphrase(composition: Composition, email: str) -> None:
    """Have the password of a set-up that never asks sealed with the passphrase that a file told.

    Raises `ProblemError` where there is none, and a usage error for one that is too short.
    """
    from oncetui.setup.passphrases import checked_passphrase

    saved = composition.profile.settings.load()
    same = saved is not None and saved.mailbox.lower() == email.strip().lower()
    wanted = composition.keep_in or (saved.kept_in if saved is not None and same else None)
    if wanted is not KeptIn.PASSPHRASE:
        return
    if composition.passphrase is None:
        raise ProblemError(replace(PASSPHRASE_MISSING.problem(), who=Who.USER))
    try:
        chosen = checked_passphrase(composition.passphrase)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--passphrase-file") from None
    composition.profile.secret_places.choose_passphrase(chosen)


def _ask(composition: Composition, *, may_skip: bool) -> None:
    for left in reversed(range(TRIES)):
        composition.passphrase = asked_password(SKIPPING if may_skip else ASKED)
        if composition.passphrase is None and not may_skip:
            raise click.Abort
        try:
            if composition.passphrase is not None:
                _opens(composition)
            break
        except ProblemError as error:
            composition.passphrase = None
            if not left:
                raise
            print_text(error.problem.what, to_person=True)


def _opens(composition: Composition) -> None:
    """Raise `ProblemError` where the passphrase doesn't open the file; a file that is gone is told later."""
    try:
        composition.profile.secret_places.place(KeptIn.PASSPHRASE).load()
    except ProblemError as error:
        if error.problem.code == PASSPHRASE_WRONG.code:
            raise
