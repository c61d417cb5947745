"""What commands take from a person or from standard input."""

import sys
from typing import TextIO

import click

from oncetui.model.secret import Secret


def require_terminal(otherwise: str) -> None:
    """Raise a usage error with this sentence where input or output is no terminal."""
    if not (at_a_terminal(sys.stdin) and at_a_terminal(sys.stdout)):
        raise click.UsageError(otherwise)


def at_a_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; one that the process was started without is none."""
    return stream is not None and stream.isatty()


def password_from_stdin() -> Secret:
    """Return the first line of standard input, which is UTF-8 whatever the locale says."""
    try:
        # Without a standard input there is no object for it either.
        secret = Secret("" if sys.stdin is None else _first_line())
    except UnicodeDecodeError:
        raise click.UsageError("The password on standard input isn't UTF-8.") from None
    if not secret:
        raise click.UsageError(
            "Standard input holds no password; give it as the first line, as in: --password-stdin < FILE"
        )
    return secret


def _first_line() -> str:
    return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")


def asked_password(sentence: str) -> Secret | None:
    """Ask at the terminal without echo; None where it is left empty."""
    typed = Secret(click.prompt(sentence, default="", show_default=False, hide_input=True, err=True))
    return typed or None


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask for a yes; `--yes` gives it, and without a terminal nothing else can."""
    if yes:
        return True
    if not at_a_terminal(sys.stdin):
        raise click.UsageError("Without a terminal nobody can be asked; add --yes to confirm.")
    return click.confirm(question, default=False, err=True)
