"""`oncetui profiles`: the connections of this home."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import confirmed
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.problem import Problem


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

    listed = [_described(composition, name) for name in _names(composition)]
    if as_json:
        print_object({"profiles": [one.as_json() for one in listed]})
    elif listed:
        print_text("\n".join(columns([one.as_row() for one in listed], indent="")))
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
    from oncetui.connector.holding import held_elsewhere
    from oncetui.model.problem import ProblemError

    if name not in _names(composition):
        raise click.UsageError(f"There is no profile {name}; to see them, run: oncetui profiles list")
    if not confirmed(f"Delete the profile {name} with its booking pages and bookings?", yes=yes):
        raise click.Abort
    other = composition.of_profile(name)
    try:
        held = other.profile.lock.take()
        if held is None:
            running = other.profile.commands.heartbeat()
            raise ProblemError(held_elsewhere(running))
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


@dataclass(frozen=True)
class ListedProfile:
    """A profile in the list; `problem` is what keeps its state or its mailbox from being read."""

    name: str
    state: str | None = None
    mailbox: str | None = None
    problem: "Problem | None" = None

    def as_json(self) -> dict[str, Any]:
        """Return the object of the list."""
        problem = None if self.problem is None else self.problem.as_json()
        return {"profile": self.name, "state": self.state, "mailbox": self.mailbox, "problem": problem}

    def as_row(self) -> tuple[str, str, str]:
        """Return the cells of the list."""
        mailbox = self.mailbox or ""
        return self.name, self.state or "?", mailbox if self.problem is None else f"! {self.problem.what}"


def _described(composition: Composition, name: str) -> ListedProfile:
    """Return a profile as it is listed; one that is broken keeps none of the others out of the list."""
    from oncetui.model.problem import ProblemError

    other, listed = composition.of_profile(name), ListedProfile(name)
    try:
        listed = replace(listed, state=other.profile.connection.load().state.public)
        settings = other.profile.settings.load()
    except ProblemError as error:
        return replace(listed, problem=error.problem)
    finally:
        other.close()
    return replace(listed, mailbox=None if settings is None else settings.mailbox)


def _names(composition: Composition) -> list[str]:
    """Return the profiles that have settings or a store."""
    stores = {path.stem for path in composition.home.state.glob("*.sqlite3")}
    return sorted(stores.union(composition.home.profiles_with_settings()))


def _remove_files(composition: Composition) -> None:
    files = composition.files
    beside = [files.store.with_name(files.store.name + ending) for ending in ("-wal", "-shm")]
    secrets = (files.secret, files.key, files.proxy_secret, files.proxy_key)
    sealed = (files.passphrase_secret, files.proxy_passphrase_secret)
    kept = (files.settings, files.draft, files.told, files.store, *beside, files.lock, files.turn)
    for path in (*secrets, *sealed, *kept):
        path.unlink(missing_ok=True)
