"""One profile with everything that its services need, put together once and passed along."""

from dataclasses import dataclass

from oncetui.model.connection import NetworkRoute
from oncetui.model.ports import (
    BookingStore,
    BusyStore,
    Clock,
    CommandStore,
    ConnectionStore,
    ConnectorLock,
    Discovery,
    DraftStore,
    Eraser,
    GatewayOpener,
    PageStore,
    SecretPlaces,
    SettingsStore,
)


@dataclass(frozen=True)
class Profile:
    """A named connection with its ports.

    `route` is what this run was told on the command line: it goes before what is saved. `time_zone` is the
    IANA name of the zone that times are shown in. `settings_path` is shown to people.
    """

    name: str
    clock: Clock
    discovery: Discovery
    opener: GatewayOpener
    settings: SettingsStore
    drafts: DraftStore
    connection: ConnectionStore
    busy: BusyStore
    pages: PageStore
    bookings: BookingStore
    eraser: Eraser
    commands: CommandStore
    lock: ConnectorLock
    secret_places: SecretPlaces
    route: NetworkRoute
    time_zone: str
    settings_path: str
