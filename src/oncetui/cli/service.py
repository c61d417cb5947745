"""`oncetui service`: lets systemd keep the connection, as a service of this user."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.printing import print_text
from oncetui.cli.service_unit import WRITTEN_BY_US, ServicePlan, folders_told, unit_text
from oncetui.model.connection import KeptIn

if TYPE_CHECKING:
    from oncetui.model.connection import ConnectionSettings

UNITS = Path("systemd") / "user"
ELSEWHERE = {
    "darwin": "On macOS let launchd run it, as a LaunchAgent with RunAtLoad and KeepAlive:",
    "win32": "On Windows let the Task Scheduler run it, at log-on and again when it fails:",
}
FILLED_BY_CREDENTIAL = {
    KeptIn.SYSTEMD: "The password is kept by systemd; name its file",
    KeptIn.PASSPHRASE: "The password is sealed with a passphrase; name a file that holds it, in no backup",
}
IN_KEYRING = (
    "The password is in the system keyring, which opens with your login: until then the service can't read "
    "it. For a computer where nobody logs in keep it in a file: oncetui setup --keep-password file"
)


@click.group()
def service() -> None:
    """Let systemd keep the connection, as a service of yours; no root is needed."""


@service.command()
@click.option("--dry-run", is_flag=True, help="Print the unit, and write nothing.")
@click.option(
    "--credential",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file that holds the password (--keep-password systemd) or the passphrase (LoadCredential).",
)
@click.option(
    "--encrypted-credential",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The same for one that systemd-creds has encrypted (LoadCredentialEncrypted).",
)
@click.pass_obj
def install(
    composition: Composition, *, dry_run: bool, credential: Path | None, encrypted_credential: Path | None
) -> int:
    """Write a systemd user unit for this profile, and say what to run next."""
    plan = _plan(composition, credential, encrypted_credential)
    if sys.platform != "linux":
        _told_elsewhere(plan)
        return 2
    kept = composition.profile.settings.load()
    _require_credential(kept, plan)
    unit = _unit_path(plan)
    if dry_run:
        print_text(f"# {unit}", to_person=True)
        print_text(unit_text(plan).rstrip("\n"))
        return 0
    _refuse_foreign(unit)
    _write(unit, unit_text(plan))
    print_text(f"{unit} is written. Now run:")
    for command in (
        "systemctl --user daemon-reload",
        f"systemctl --user enable {plan.name}",
        f"systemctl --user restart {plan.name}",
        "loginctl enable-linger    # so that it also runs while you aren't logged in",
    ):
        print_text(f"  {command}")
    print_text(f"How it fares: oncetui status, systemctl --user status {plan.name}, and")
    print_text(f"  journalctl --user -u {plan.name}")
    for sentence in _left_to_do(kept, composition):
        print_text(sentence, to_person=True)
    return 0


@service.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@click.pass_obj
def remove(composition: Composition, *, dry_run: bool) -> int:
    """Remove the profile's systemd user unit, and say what to run next."""
    plan = _plan(composition, None, None)
    unit = _unit_path(plan)
    wanted = unit.parent / "default.target.wants" / unit.name
    there = [path for path in (wanted, unit) if path.is_symlink() or path.exists()]
    if not there:
        print_text(f"There is no {unit}; nothing to remove.")
        return 0
    _refuse_foreign(unit)
    if dry_run:
        print_text("\n".join(f"{path} would be removed." for path in there))
        return 0
    for path in there:
        path.unlink(missing_ok=True)
    print_text(f"{unit} is removed. Now run:")
    print_text(f"  systemctl --user stop {plan.name}")
    print_text("  systemctl --user daemon-reload")
    print_text(f"Booking pages close 15 minutes later, until something else runs: {_by_hand(composition)}")
    return 0


def _plan(composition: Composition, credential: Path | None, encrypted: Path | None) -> ServicePlan:
    if credential is not None and encrypted is not None:
        raise click.UsageError("Give --credential or --encrypted-credential, not both.")
    file = credential if credential is not None else encrypted
    return ServicePlan(
        profile=composition.files.profile,
        program=(sys.executable, "-m", "oncetui"),
        home=composition.home.root,
        folders=() if composition.home.root is not None else folders_told(os.environ),
        credential=None if file is None else file.absolute(),
        encrypted=encrypted is not None,
    )


def _require_credential(kept: "ConnectionSettings | None", plan: ServicePlan) -> None:
    told = None if kept is None else FILLED_BY_CREDENTIAL.get(kept.kept_in)
    wants = told is not None
    if wants and plan.credential is None:
        raise click.UsageError(
            f"{told}, as in: oncetui service install --credential ~/.oncetui-{plan.profile}"
        )
    if not wants and plan.credential is not None:
        raise click.UsageError(
            "The service reads the password of this profile by itself; only one that is kept by systemd or "
            "sealed with a passphrase comes from a credential."
        )


def _unit_path(plan: ServicePlan) -> Path:
    configuration = os.environ.get("XDG_CONFIG_HOME")
    folder = Path(configuration) if configuration else Path.home() / ".config"
    return folder / UNITS / plan.name


def _refuse_foreign(unit: Path) -> None:
    """Leave a unit alone that somebody else wrote."""
    try:
        first = unit.read_text(encoding="utf-8").partition("\n")[0]
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        first = ""
    if first != WRITTEN_BY_US:
        raise click.UsageError(f"{unit} was written by somebody else; move it away first.")


def _write(unit: Path, text: str) -> None:
    from oncetui.model.problem import ProblemError
    from oncetui.model.problems.local import DISK_FULL
    from oncetui.store.whole_files import replace_file

    try:
        unit.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(DISK_FULL.problem(path=unit.parent, reason=error.strerror)) from error
    replace_file(unit, text.encode())


def _left_to_do(kept: "ConnectionSettings | None", composition: Composition) -> list[str]:
    """Return what the unit alone doesn't bring about."""
    told = []
    if kept is None:
        told.append("This profile isn't connected yet; the service waits until you run: oncetui setup")
    elif kept.kept_in is KeptIn.KEYRING:
        told.append(IN_KEYRING)
    if composition.options.route.detours:
        told.append("--connect-to is never saved, so the service does without it.")
    return told


def _told_elsewhere(plan: ServicePlan) -> None:
    otherwise = "There is no systemd here; let this system's service manager run:"
    before = ELSEWHERE.get(sys.platform, otherwise)
    print_text(f"{before}\n  {' '.join(plan.command)}", to_person=True)


def _by_hand(composition: Composition) -> str:
    from oncetui.model.profile import run_command

    home = composition.options.home
    return run_command(composition.options.profile, None if home is None else str(home))
