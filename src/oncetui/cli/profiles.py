"""`oncetui profiles`: the connections of this home."""

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import confirmed
from oncetui.cli.printing import print_object, print_text


@click.group()
def profiles() -> None:
    """List and delete profiles.

    Each is one connection, with its own settings, pages and password.
    """


@profiles.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def list_profiles(composition: Composition, *, as_json: bool) -> None:
    """List the profiles of this home."""
    from oncetui.plain.table import columns

    rows = [(name, *_described(composition, name)) for name in _names(composition)]
    if as_json:
        told = [
            {"profile": name, "state": state, "mailbox": mailbox or None} for name, state, mailbox in rows
        ]
        print_object({"profiles": told})
    elif rows:
        print_text("\n".join(columns(rows, indent="")))
    else:
        print_text("There are no profiles yet. To make one, run: oncetui setup")


@profiles.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def delete(composition: Composition, name: str, *, yes: bool, as_json: bool) -> None:
    """Disconnect a profile and delete everything of it, booking pages and bookings too."""
    from oncetui.connector import disconnecting
    from oncetui.model.problem import ProblemError
    from oncetui.model.problems.local import CONNECTOR_RUNS_ELSEWHERE

    if name not in _names(composition):
        raise click.UsageError(f"There is no profile {name}; to see them, run: oncetui profiles list")
    if not confirmed(f"Delete the profile {name} with its booking pages and bookings?", yes=yes):
        raise click.Abort
    other = composition.of_profile(name)
    try:
        held = other.profile.lock.take()
        if held is None:
            raise ProblemError(CONNECTOR_RUNS_ELSEWHERE.problem())
        with held:
            left = disconnecting.disconnect(other.profile).left
            other.close()
            _remove_files(other)
    finally:
        other.close()
    for sentence in left:
        print_text(f"! {sentence}", to_person=True)
    if as_json:
        print_object({"deleted": name})
    else:
        print_text(f"The profile {name} is deleted.")


def _described(composition: Composition, name: str) -> tuple[str, str]:
    """Return the state and the mailbox of a profile."""
    other = composition.of_profile(name)
    try:
        settings = other.profile.settings.load()
        state = other.profile.connection.load().state.public
    finally:
        other.close()
    return state, "" if settings is None else settings.mailbox


def _names(composition: Composition) -> list[str]:
    """Return the profiles that have settings or a store."""
    stores = {path.stem for path in composition.home.state.glob("*.sqlite3")}
    return sorted(stores.union(composition.home.profiles_with_settings()))


def _remove_files(composition: Composition) -> None:
    files = composition.files
    beside = [files.store.with_name(files.store.name + ending) for ending in ("-wal", "-shm")]
    for path in (files.settings, files.secret, files.key, files.draft, files.store, *beside, files.lock):
        path.unlink(missing_ok=True)
