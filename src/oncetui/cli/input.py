"""What commands take from a person or from standard input."""

import sys

import click

from oncetui.model.secret import Secret


def require_terminal(otherwise: str) -> None:
    """Raise a usage error with this sentence where input or output is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(otherwise)


def password_from_stdin() -> Secret:
    """Return the first line of standard input."""
    try:
        secret = Secret(sys.stdin.readline().rstrip("\r\n"))
    except UnicodeDecodeError:
        raise click.UsageError("The password on standard input isn't UTF-8.") from None
    if not secret:
        raise click.UsageError(
            "Standard input holds no password; give it as the first line, as in: --password-stdin < FILE"
        )
    return secret


def asked_password(sentence: str) -> Secret | None:
    """Ask at the terminal without echo; None where it is left empty."""
    typed = Secret(click.prompt(sentence, default="", show_default=False, hide_input=True, err=True))
    return typed or None


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask for a yes; `--yes` gives it, and without a terminal nothing else can."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError("Without a terminal nobody can be asked; add --yes to confirm.")
    return click.confirm(question, default=False, err=True)
