"""Where the files of a home are, and under which names."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oncetui.store.folder_safety import read_mount_table, secure_folder
from oncetui.store.whole_files import create_file

PROFILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Home:
    """The folders of one home; `root` is the folder that holds all three, where one was named."""

    config: Path
    state: Path
    cache: Path
    root: Path | None = None

    def secure(self) -> None:
        """Create the folders for their owner alone, and look at those that are there.

        Raises `ProblemError` with `home-refused` (diagnosis 93) on a folder that others could reach, and
        with `folder-not-writable` (diagnosis 90) where one can't be made.
        """
        mounts = read_mount_table()
        for folder in (self.root, self.config, self.state, self.cache):
            if folder is not None:
                secure_folder(folder, mounts=mounts)

    def files_of(self, profile: str) -> "ProfileFiles":
        """Return the files of a profile; raise ValueError with one sentence on a name that can't be one."""
        return ProfileFiles(self, checked_profile_name(profile))

    def profiles_with_settings(self) -> tuple[str, ...]:
        """Return the names of the profiles that have a settings file, sorted."""
        names = (path.stem for path in self.config.glob("*.toml"))
        return tuple(sorted(name for name in names if PROFILE_NAME.fullmatch(name)))

    def installation_id(self) -> str:
        """Return the random name of this home, made when it is first asked for; it tells nothing."""
        path = self.state / "installation"
        if not path.exists():
            create_file(path, secrets.token_hex(8).encode())
        return path.read_text(encoding="ascii").strip()


@dataclass(frozen=True)
class ProfileFiles:
    """The files of one profile."""

    home: Home
    profile: str

    @property
    def settings(self) -> Path:
        """The settings, in TOML, for people to read and edit."""
        return self.home.config / f"{self.profile}.toml"

    @property
    def secret(self) -> Path:
        """The encrypted password."""
        return self.home.config / f"{self.profile}.secret"

    @property
    def passphrase_secret(self) -> Path:
        """The encrypted password that a passphrase opens."""
        return self.home.config / f"{self.profile}.passphrase-secret"

    @property
    def key(self) -> Path:
        """The key of the encrypted password, kept away from it."""
        return self.home.state / f"{self.profile}.key"

    @property
    def proxy_secret(self) -> Path:
        """The encrypted password of the proxy."""
        return self.home.config / f"{self.profile}.proxy-secret"

    @property
    def proxy_passphrase_secret(self) -> Path:
        """The encrypted password of the proxy that a passphrase opens."""
        return self.home.config / f"{self.profile}.proxy-passphrase-secret"

    @property
    def proxy_key(self) -> Path:
        """The key of the proxy's encrypted password."""
        return self.home.state / f"{self.profile}.proxy-key"

    @property
    def store(self) -> Path:
        """The SQLite store."""
        return self.home.state / f"{self.profile}.sqlite3"

    @property
    def lock(self) -> Path:
        """The lock that the connector holds."""
        return self.home.state / f"{self.profile}.lock"

    @property
    def turn(self) -> Path:
        """The lock that whoever signs in holds."""
        return self.home.state / f"{self.profile}.turn"

    @property
    def draft(self) -> Path:
        """The answers of an unfinished wizard."""
        return self.home.state / f"{self.profile}.draft.json"

    @property
    def told(self) -> Path:
        """What the command for changes has told already: names of pages and codes of warnings."""
        return self.home.state / f"{self.profile}.told.json"

    def report(self, number: int) -> Path:
        """One of the texts for an administrator, counted from 1."""
        return self.home.state / f"{self.profile}.report-{number}.txt"


def checked_profile_name(name: str) -> str:
    """Return the name of a profile as it is; raise ValueError with one sentence where it can't be one."""
    if not PROFILE_NAME.fullmatch(name):
        raise ValueError(
            f"“{name}” can't be the name of a profile; "
            "use up to 64 letters, digits and hyphens, as in sales-team."
        )
    return name


def locate_home(told: Path | None = None, environment: Mapping[str, str] = os.environ) -> Home:
    """Return the home that was told, else that of `ONCETUI_HOME`, else the system's own folders."""
    named = told or environment.get("ONCETUI_HOME")
    if named:
        root = Path(os.path.abspath(Path(named).expanduser()))  # noqa: PTH100  # resolve() would hide a link
        return Home(root / "config", root / "state", root / "cache", root)
    from platformdirs import PlatformDirs  # noqa: PLC0415  # not needed where a home is named

    folders = PlatformDirs("oncetui", appauthor=False)
    return Home(folders.user_config_path, folders.user_state_path, folders.user_cache_path)
