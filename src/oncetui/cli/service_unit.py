"""The systemd user unit that keeps one profile's connection, as text."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WRITTEN_BY_US = "# Written by `oncetui service install`, which replaces it; put changes into a drop-in:"
WATCHDOG_SECONDS = 180
XDG = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class ServicePlan:
    """What a unit is written from.

    `program` is the argument list that starts oncetui, its first one an absolute path. `home` is the folder
    that `--home` or ONCETUI_HOME named; `folders` are the XDG variables that name others than usual.
    `credential` is the file that systemd hands the password over from, decrypted first where it is
    `encrypted`.
    """

    profile: str
    program: tuple[str, ...]
    home: Path | None = None
    folders: tuple[tuple[str, str], ...] = ()
    credential: Path | None = None
    encrypted: bool = False

    @property
    def name(self) -> str:
        """The unit's name."""
        return unit_name(self.profile, self.home)

    @property
    def command(self) -> tuple[str, ...]:
        """The command that the service runs."""
        home = () if self.home is None else ("--home", str(self.home))
        return (*self.program, *home, "--profile", self.profile, "run")


def unit_name(profile: str, home: Path | None) -> str:
    """Return the name of a profile's unit; another home than the usual one has units of its own."""
    if home is None:
        return f"oncetui@{profile}.service"
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:6]
    return f"oncetui@{profile}-{mark}.service"


def folders_told(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the XDG variables that this program was started with and the service has to know too."""
    return tuple((name, environment[name]) for name in XDG if environment.get(name))


def credential_name(profile: str) -> str:
    """Return the name under which systemd hands the profile's password over."""
    return f"oncetui-{profile}"


def unit_text(plan: ServicePlan) -> str:
    """Return the unit.

    Exit codes that wait for a person (2, 4, 5) are not tried again; all others are, half a minute later and
    without a limit, since a connector that has been given up keeps booking pages closed.
    """
    lines = [
        WRITTEN_BY_US,
        f"#   systemctl --user edit {plan.name}",
        "[Unit]",
        f"Description=oncetui: the calendar connection of profile {plan.profile}",
        "StartLimitIntervalSec=0",
        "",
        "[Service]",
        "Type=notify",
        f"ExecStart={' '.join(_quoted(word) for word in plan.command)}",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in plan.folders),
        *_credential(plan),
        f"WatchdogSec={WATCHDOG_SECONDS}",
        "TimeoutStartSec=90",
        "TimeoutStopSec=10",
        "Restart=on-failure",
        "RestartSec=30",
        "RestartPreventExitStatus=2 4 5",
        "",
        "UMask=0077",
        "LimitCORE=0",
        "NoNewPrivileges=yes",
        "LockPersonality=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "RestrictNamespaces=yes",
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
        "SystemCallArchitectures=native",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
    ]
    return "\n".join(lines)


def _credential(plan: ServicePlan) -> tuple[str, ...]:
    if plan.credential is None:
        return ()
    option = "LoadCredentialEncrypted" if plan.encrypted else "LoadCredential"
    return (f"{option}={credential_name(plan.profile)}:{_escaped(str(plan.credential))}",)


def _quoted(word: str) -> str:
    """Return a word as systemd.service(5) reads it back: quoted, without specifiers and variables."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
