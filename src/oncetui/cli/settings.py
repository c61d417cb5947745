"""`oncetui settings`: what is set, and changing it."""

import shlex
from collections.abc import Callable

import click

from oncetui.cli.compose import Composition
from oncetui.cli.printing import print_object, print_text
from oncetui.model.connection import ConnectionSettings, SyncMode

ON_CHANGE = "on-change"
SYNC = {"real-time": SyncMode.REAL_TIME, "auto": SyncMode.AUTO}
SHOWN: dict[str, Callable[[ConnectionSettings], str | None]] = {
    "mailbox": lambda settings: settings.mailbox,
    "ews-url": lambda settings: settings.ews_url,
    "username": lambda settings: settings.sign_in.username,
    "sign-in": lambda settings: str(settings.sign_in.scheme),
    "keep-password": lambda settings: str(settings.kept_in),
    "password-command": lambda settings: shlex.join(settings.password_command) or None,
    "sync": lambda settings: str(settings.sync_mode),
    "ca-file": lambda settings: None if settings.route.ca_file is None else str(settings.route.ca_file),
    "proxy": lambda settings: settings.route.proxy,
    "proxy-user": lambda settings: settings.route.proxy_user,
    "pins": lambda settings: ", ".join(f"{host} {digits}" for host, digits in settings.route.pins) or None,
}


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def settings(composition: Composition, name: str | None, value: str | None, *, as_json: bool) -> None:
    """Show and change settings.

    As in: oncetui settings sync auto

    on-change is a command that is run when booking pages close, open or a warning comes up, with the status
    object on its standard input; an empty one takes it away.
    """
    if name is not None and name not in (*SHOWN, ON_CHANGE):
        there = ", ".join((*SHOWN, ON_CHANGE))
        raise click.UsageError(f"There is no setting “{name}”; there are: {there}.")
    profile = composition.profile
    if name == ON_CHANGE and value is not None:
        profile.on_change.keep_command(_words(value))
        value = None
    told_by = {ON_CHANGE: shlex.join(profile.on_change.command()) or None}
    kept = profile.settings.load()
    if kept is None and name != ON_CHANGE:
        raise click.UsageError("Nothing is set yet; to connect a calendar, run: oncetui setup")
    if kept is not None and value is not None:
        from oncetui.connector.sync_choice import choose_sync_mode

        kept = choose_sync_mode(profile, _sync_mode(str(name), value))
    of_connection = {} if kept is None else {key: told(kept) for key, told in SHOWN.items()}
    shown = {key: text for key, text in (of_connection | told_by).items() if name in (None, key)}
    if as_json:
        print_object({"settings": shown, "file": profile.settings_path})
    else:
        print_text("\n".join(f"{key} = {text or 'not set'}" for key, text in shown.items()))


def _sync_mode(name: str, value: str) -> SyncMode:
    if name != "sync":
        raise click.UsageError(
            f"“{name}” is changed by a sign-in that proves it: run oncetui reconnect, or oncetui setup."
        )
    if value not in SYNC:
        raise click.UsageError(f"“{value}” is no sync mode; use real-time or auto.")
    return SYNC[value]


def _words(command: str) -> tuple[str, ...]:
    """Return the argument list of a command that is run without a shell."""
    try:
        return tuple(shlex.split(command))
    except ValueError:
        raise click.UsageError(
            f"“{command}” has an open quotation mark; one that is right: settings on-change 'mail-us --now'"
        ) from None
