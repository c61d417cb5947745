"""Wires the adapters to the services; nothing else imports them."""

import contextlib
import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncetui.cli.system_clock import SystemClock
from oncetui.model.connection import STRAIGHT, KeptIn, NetworkRoute
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.tracing import RequestTrace

if TYPE_CHECKING:
    # The first line of the screen is painted before any of these is imported.
    from oncetui.model.ports import Discovery, Examiner, GatewayOpener, SecretPlaces
    from oncetui.model.profile import Profile
    from oncetui.store.home import Home, ProfileFiles
    from oncetui.store.opening import Store


@dataclass(frozen=True)
class GlobalOptions:
    """What holds for every command: the profile, its home, the way to the server, how much is told.

    Without `keyring` nothing is looked for or kept in the system keyring. `passphrase` is what a file told.
    """

    profile: str = "default"
    home: Path | None = None
    route: NetworkRoute = STRAIGHT
    verbose: bool = False
    keyring: bool = True
    passphrase: Secret | None = None


class Composition:
    """One run of the program: makes what is asked for, and only then imports it.

    `keep_in` and `password_command` are what set-up was told of the password's place, before `profile` is
    asked for. `passphrase` is what a person or a file told, to open what is sealed with it.
    """

    def __init__(self, options: GlobalOptions) -> None:
        self.options = options
        self.passphrase = options.passphrase
        self.clock = SystemClock()
        self.trace = RequestTrace()
        self.keep_in: KeptIn | None = None
        self.password_command: tuple[str, ...] = ()

    @cached_property
    def home(self) -> "Home":
        """The folders of this run."""
        from oncetui.store.home import locate_home

        return locate_home(self.options.home)

    @cached_property
    def files(self) -> "ProfileFiles":
        """The files of the profile; raises a usage error for a name that can't be one."""
        try:
            return self.home.files_of(self.options.profile)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--profile") from None

    @cached_property
    def store(self) -> "Store":
        """The profile's store, opened; `close` closes it."""
        from oncetui.store.opening import open_store

        return open_store(self.home, self.files.profile, self.clock)

    @cached_property
    def profile(self) -> "Profile":
        """The profile with its ports."""
        from oncetui.cli.lazy_ports import LazyDiscovery, LazyExaminer, LazyOpener, LazySecretPlaces
        from oncetui.cli.local_zone import local_zone
        from oncetui.cli.programs import ProgramsOfTheUser
        from oncetui.model.profile import Profile

        store = self.store
        return Profile(
            name=self.options.profile,
            installation=self.home.installation_id(),
            clock=self.clock,
            discovery=LazyDiscovery(self._discovery),
            opener=LazyOpener(self._opener),
            examiner=LazyExaminer(self._examiner),
            trace=self.trace,
            reports=store.reports,
            settings=store.settings,
            drafts=store.drafts,
            connection=store.connection,
            busy=store.busy,
            pages=store.pages,
            bookings=store.bookings,
            eraser=store.eraser,
            commands=store.commands,
            lock=store.lock,
            guard=store.guard,
            secret_places=LazySecretPlaces(self._secret_places),
            route=self.options.route,
            time_zone=local_zone(),
            settings_path=str(self.files.settings),
            on_change=store.on_change,
            programs=ProgramsOfTheUser(),
            home=None if self.options.home is None else str(self.options.home),
            password_command=self.password_command,
        )

    @property
    def wants_passphrase(self) -> bool:
        """Whether a passphrase opens the password, as the settings alone tell: nothing slow is imported."""
        from oncetui.store.settings_file import SettingsFile

        # What can't be read is told by whatever needs more of it.
        with contextlib.suppress(ProblemError):
            kept = SettingsFile(self.files).load()
            return kept is not None and kept.kept_in is KeptIn.PASSPHRASE
        return False

    def of_profile(self, name: str) -> "Composition":
        """Return another profile of the same home; whoever asks closes it."""
        return Composition(replace(self.options, profile=name))

    def warm_up(self) -> None:
        """Import what a search and a sign-in need, while nobody waits for it."""
        self._discovery()
        self._opener()

    def close(self) -> None:
        """Close what was opened."""
        store = self.__dict__.pop("store", None)
        self.__dict__.pop("profile", None)
        if store is not None:
            store.close()

    def _secret_places(self) -> "SecretPlaces":
        from oncetui.credentials.command import CommandOutput
        from oncetui.credentials.encrypted_file import EncryptedFile
        from oncetui.credentials.keyring_store import KeyringStore
        from oncetui.credentials.passphrase_file import Passphrase, PassphraseFile
        from oncetui.credentials.places import PlacesOnThisMachine, Slots
        from oncetui.credentials.systemd_credential import SystemdCredential
        from oncetui.store import whole_files

        name, files = self.options.profile, self.files
        keyrings = None if self.options.keyring else ()
        installation, of_proxy = self.home.installation_id(), f"{name}:proxy"
        passphrase = Passphrase(self._told_passphrase)
        return PlacesOnThisMachine(
            Slots(
                KeyringStore(installation, name, keyrings=keyrings),
                EncryptedFile(name, files.secret, files.key, whole_files),
                PassphraseFile(name, files.passphrase_secret, passphrase, whole_files),
            ),
            Slots(
                KeyringStore(installation, of_proxy, keyrings=keyrings),
                EncryptedFile(of_proxy, files.proxy_secret, files.proxy_key, whole_files),
                PassphraseFile(of_proxy, files.proxy_passphrase_secret, passphrase, whole_files),
            ),
            passphrase,
            elsewhere=(
                CommandOutput(self._command_for_password),
                SystemdCredential(name, os.environ, self._unit),
            ),
            wished=self._wished_places,
        )

    @property
    def _unit(self) -> str:
        from oncetui.cli.service_unit import unit_name

        return unit_name(self.options.profile, self.home.root)

    def _told_passphrase(self) -> Secret | None:
        """Return what a person or a file told, else what systemd told the service, None where nobody did."""
        from oncetui.credentials.systemd_credential import FOLDER, credential

        folder = os.environ.get(FOLDER, "")
        if self.passphrase is not None or not folder:
            return self.passphrase
        return credential(folder, self.options.profile, f"systemctl --user restart {self._unit}")

    def _command_for_password(self) -> tuple[str, ...]:
        saved = self.store.settings.load()
        return self.password_command or (() if saved is None else saved.password_command)

    def _wished_places(self) -> tuple["KeptIn", ...]:
        """Return the places that set-up was told of, and the one that is saved."""
        with contextlib.suppress(ProblemError):
            saved = self.store.settings.load()
            if saved is not None and self.keep_in is not saved.kept_in:
                return (saved.kept_in, *filter(None, (self.keep_in,)))
        return () if self.keep_in is None else (self.keep_in,)

    def _discovery(self) -> "Discovery":
        from oncetui.exchange.discovery.discovering import ExchangeDiscovery

        return ExchangeDiscovery(trace=self.trace)

    def _opener(self) -> "GatewayOpener":
        from oncetui.exchange.opening import ExchangeOpener

        return ExchangeOpener(self.trace)

    def _examiner(self) -> "Examiner":
        from oncetui.exchange.examining import ExchangeExaminer

        return ExchangeExaminer(self.trace)
