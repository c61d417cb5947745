"""Ports whose adapters are imported when they are first used."""

from collections.abc import Callable
from functools import cached_property

from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, KeptIn, NetworkRoute, SecretOf
from oncetui.model.course import Course
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.ports import (
    CalendarGateway,
    Discovery,
    Examiner,
    GatewayOpener,
    SecretPlaces,
    SecretStore,
    unheard,
)
from oncetui.model.secret import Secret


class LazyDiscovery:
    """A discovery that is made by `make` on its first use."""

    def __init__(self, make: Callable[[], Discovery]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Discovery:
        return self._make()

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        """Ask all places in parallel."""
        return self._made.search(email, route, report, cancellation, remembered)

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        """Ask one server without credentials."""
        return self._made.probe(ews_url, route, cancellation)

    def ask(
        self, signpost: Signpost, access: Access, secret: Secret, cancellation: Cancellation
    ) -> FoundServer:
        """Sign in once to a signpost."""
        return self._made.ask(signpost, access, secret, cancellation)


class LazyOpener:
    """An opener that is made by `make` on its first use."""

    def __init__(self, make: Callable[[], GatewayOpener]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> GatewayOpener:
        return self._make()

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> CalendarGateway:
        """Sign in with one attempt."""
        return self._made.open(access, secret, cancellation, refused)

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        """Probe by TCP and TLS alone."""
        self._made.reach(ews_url, route, cancellation)


class LazyExaminer:
    """An examiner that is made by `make` on its first use."""

    def __init__(self, make: Callable[[], Examiner]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Examiner:
        return self._make()

    def examine(
        self, url: str, route: NetworkRoute, course: Course, cancellation: Cancellation
    ) -> ServerProbe:
        """Look at a server without credentials, stage by stage."""
        return self._made.examine(url, route, course, cancellation)


class LazySecretPlaces:
    """Places that are made by `make` on their first use."""

    def __init__(self, make: Callable[[], SecretPlaces]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> SecretPlaces:
        return self._make()

    def usable(self) -> tuple[SecretStore, ...]:
        """Return those that answer."""
        return self._made.usable()

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> SecretStore:
        """Return one of them by name."""
        return self._made.place(kept_in, secret_of)

    def choose_passphrase(self, passphrase: Secret) -> None:
        """Seal with this passphrase from now on."""
        self._made.choose_passphrase(passphrase)
