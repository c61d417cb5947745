"""The step that asks where the password is kept, and how changes become known."""

from dataclasses import dataclass, replace

from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.ports import SecretPlaces
from oncetui.model.schedule import AUTO_SYNC
from oncetui.model.secret import Secret
from oncetui.model.status import Protection
from oncetui.model.stream_check import StreamCheck
from oncetui.model.sync import WAITING

LABELS = {
    KeptIn.KEYRING: "the system keyring",
    KeptIn.FILE: "an encrypted file",
    KeptIn.PASSPHRASE: "an encrypted file that your passphrase opens",
    KeptIn.COMMAND: "a command of yours",
    KeptIn.SYSTEMD: "a systemd credential",
}
EVERY_MINUTE = f"Auto-sync, every {AUTO_SYNC.seconds} s"
MEANINGS = {
    SyncMode.REAL_TIME: "The server tells of a change at once.",
    SyncMode.AUTO: f"The server is asked for changes every {AUTO_SYNC.seconds} s.",
}


@dataclass(frozen=True)
class Place:
    """One place that can keep the password, and how well it protects it."""

    kept_in: KeptIn
    protection: Protection

    @property
    def label(self) -> str:
        """The place as people know it."""
        return LABELS[self.kept_in]


@dataclass(frozen=True)
class KeepingState:
    """Where the password is to be kept, and the sync mode that is wished for.

    `passphrase` is the one that was chosen for the place that a passphrase opens.
    """

    places: tuple[Place, ...]
    chosen: KeptIn
    sync_mode: SyncMode = SyncMode.REAL_TIME
    stream: StreamCheck | None = None
    passphrase: Secret | None = None

    @property
    def wants_passphrase(self) -> bool:
        """Whether a passphrase is still to be chosen."""
        return self.chosen is KeptIn.PASSPHRASE and self.passphrase is None

    @property
    def sentence(self) -> str:
        """How well the chosen place protects the password."""
        return next(place.protection.sentence for place in self.places if place.kept_in is self.chosen)

    @property
    def sync_sentence(self) -> str:
        """How changes will become known."""
        return sync_sentence(self.sync_mode, self.stream)


def usable_places(places: SecretPlaces) -> tuple[Place, ...]:
    """Return the places that answer, best first; it may take 3 s, so never on a screen's thread."""
    return tuple(Place(store.kept_in, store.protection) for store in places.usable())


def opened_keeping(
    places: tuple[Place, ...], wanted: str = "", sync_mode: SyncMode = SyncMode.REAL_TIME
) -> KeepingState:
    """Return the step as it opens: the place of the draft where it answers, else the best one."""
    chosen = next((place.kept_in for place in places if place.kept_in == wanted), places[0].kept_in)
    return KeepingState(places, chosen, sync_mode)


def place_chosen(state: KeepingState, kept_in: KeptIn) -> KeepingState:
    """Keep the password in one of the places that answer."""
    known = any(place.kept_in is kept_in for place in state.places)
    return replace(state, chosen=kept_in) if known else state


def passphrase_chosen(state: KeepingState, passphrase: Secret) -> KeepingState:
    """Seal the password with this passphrase."""
    return replace(state, passphrase=passphrase)


def sync_mode_chosen(state: KeepingState, sync_mode: SyncMode) -> KeepingState:
    """Wish for a sync mode."""
    return replace(state, sync_mode=sync_mode)


def stream_checked(state: KeepingState, stream: StreamCheck) -> KeepingState:
    """Take in whether the server tells of changes by itself."""
    return replace(state, stream=stream)


def kept_sentence(protection: Protection) -> str:
    """Return where a password is kept and how well that protects it."""
    place, protects = LABELS[KeptIn(protection.kept_in)], protection.sentence
    return protects if place in protects else f"in {place} · {protects}"


def kept_in_short(protection: Protection) -> str:
    """Return the same in a few words."""
    place = LABELS[KeptIn(protection.kept_in)]
    if protection.kept_in == KeptIn.FILE:
        opened_by = "key beside it" if protection.unattended else "opened by your passphrase"
        return f"in {place} (AES-256, {opened_by})"
    return f"in {place}"


def sync_in_effect(chosen: SyncMode, effective: SyncMode | None, reason: str | None = None) -> str:
    """Return how changes become known, and what keeps it from being as it was chosen."""
    if chosen is SyncMode.AUTO:
        return EVERY_MINUTE
    if effective is not SyncMode.AUTO:
        return f"{chosen.label} · {reason}" if reason else chosen.label
    if reason in WAITING:
        return reason
    return f"{EVERY_MINUTE}, instead of {chosen.label} · {reason}"


def sync_sentence(wished: SyncMode, stream: StreamCheck | None = None) -> str:
    """Return how changes will become known, and what listening to the server came to where that was tried."""
    if wished is SyncMode.AUTO or stream is None:
        return sync_in_effect(wished, None)
    if stream.seconds is not None:
        return f"{wished.label} · first heartbeat in {stream.seconds:.1f} s"
    return sync_in_effect(wished, SyncMode.AUTO, stream.reason)
