"""The gateway that the connector keeps open from check to check."""

from dataclasses import dataclass, replace

from oncetui.connector.noting import RefusalHeard
from oncetui.connector.signing_in import attempted, journalled, kept_secret, sign_in_once
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord


@dataclass(frozen=True)
class _Kept:
    gateway: CalendarGateway
    settings: ConnectionSettings
    generation: int


class KeptGateway:
    """Opened when it is first needed, and anew when the settings, the secret or the mailbox changed.

    `refusal` hears where its secret is refused, None where none is open.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.refusal: RefusalHeard | None = None
        self._kept: _Kept | None = None

    @property
    def gateway(self) -> CalendarGateway | None:
        """The gateway that is open at this moment, None where none is."""
        kept = self._kept
        return None if kept is None else kept.gateway

    @property
    def secret_version(self) -> str | None:
        """The version of the secret that the open gateway signed in with, None where none is open."""
        return None if self._kept is None else self._kept.settings.secret_version

    def fits(self, settings: ConnectionSettings, record: ConnectionRecord) -> bool:
        """Tell whether the open gateway is the one that these settings ask for."""
        kept = self._kept
        if kept is None or kept.generation != record.generation:
            return False
        return replace(kept.settings, sync_mode=settings.sync_mode) == settings

    def opened(
        self, settings: ConnectionSettings, record: ConnectionRecord, cancellation: Cancellation
    ) -> CalendarGateway:
        """Return the open gateway, or sign in once to open it."""
        if self._kept is not None and self.fits(settings, record):
            return self._kept.gateway
        self.drop()
        secret = kept_secret(self._profile, settings, record)
        with journalled(self._profile, settings, record.generation):
            self.refusal = RefusalHeard(self._profile, settings.secret_version)
            gateway = sign_in_once(self._profile, settings, secret, cancellation, self.refusal)
        self._profile.guard.accepted(attempted(settings), secret)
        self._kept = _Kept(gateway, settings, record.generation)
        return gateway

    def drop(self) -> None:
        """Close the gateway, if one is open."""
        kept, self._kept = self._kept, None
        self.refusal = None
        if kept is not None:
            kept.gateway.close()
