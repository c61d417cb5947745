"""Where the keys of the screen lead: the field at fault, by the name that problems use for it."""

from dataclasses import dataclass

from oncetui.model.problem import Problem

_LABELS = {
    "password": "enter the password",
    "username": "change user name",
    "ews_url": "change the EWS URL",
    "email": "change the email",
    "calendar": "choose calendars",
    "trust_host": "agree to the host",
    "proxy": "change the proxy",
    "proxy_user": "proxy sign-in",
    "proxy_password": "proxy sign-in",
    "ca_file": "give a CA file",
    "pin": "show certificate",
    "keep_password": "keep it elsewhere",
    "passphrase": "tell the passphrase",
}
_COMMANDS = {
    "keep_password": "The password is kept elsewhere after: oncetui setup --keep-password file",
    "passphrase": "The passphrase is asked for at the start: quit, and start oncetui or oncetui run anew.",
    "email": "Another mailbox is connected after Disconnect (d).",
    "trust_host": "Agree to the host with: oncetui setup --trust-host HOST",
}


@dataclass(frozen=True)
class WayOut:
    """What the screen closes with: the field to go to, and the problem that it was at fault for."""

    field: str
    problem: Problem | None = None


def field_at_fault(problem: Problem | None) -> str | None:
    """Return the field to look at first, None where nothing that was entered is at fault."""
    if problem is None:
        return None
    return next((name for name in problem.fields if name in _LABELS), None)


def way_label(field: str) -> str:
    """Return what the key that leads to a field shows."""
    return _LABELS[field]


def command_for(field: str) -> str | None:
    """Return the sentence for a field that no screen has, None for one that a screen has."""
    return _COMMANDS.get(field)
