"""The step that asks where the password is kept, and how changes become known."""

from dataclasses import dataclass, replace

from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.ports import SecretPlaces
from oncetui.model.schedule import AUTO_SYNC, NO_REAL_TIME_YET
from oncetui.model.status import Protection

LABELS = {
    KeptIn.KEYRING: "the system keyring",
    KeptIn.FILE: "an encrypted file",
    KeptIn.COMMAND: "a command of yours",
    KeptIn.SYSTEMD: "a systemd credential",
}
EVERY_MINUTE = f"Auto-sync, every {AUTO_SYNC.seconds} s"
MEANINGS = {
    SyncMode.REAL_TIME: "The server tells of a change at once. Comes in a later version; until then "
    "Auto-sync.",
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
    """Where the password is to be kept, and the sync mode that is wished for."""

    places: tuple[Place, ...]
    chosen: KeptIn
    sync_mode: SyncMode = SyncMode.REAL_TIME

    @property
    def sentence(self) -> str:
        """How well the chosen place protects the password."""
        return next(place.protection.sentence for place in self.places if place.kept_in is self.chosen)

    @property
    def sync_sentence(self) -> str:
        """How changes will become known."""
        return sync_sentence(self.sync_mode)


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


def sync_mode_chosen(state: KeepingState, sync_mode: SyncMode) -> KeepingState:
    """Wish for a sync mode."""
    return replace(state, sync_mode=sync_mode)


def kept_sentence(protection: Protection) -> str:
    """Return where a password is kept and how well that protects it."""
    place, protects = LABELS[KeptIn(protection.kept_in)], protection.sentence
    return protects if place in protects else f"in {place} · {protects}"


def kept_in_short(protection: Protection) -> str:
    """Return the same in a few words."""
    place = LABELS[KeptIn(protection.kept_in)]
    if protection.kept_in == KeptIn.FILE and protection.unattended:
        return f"in {place} (AES-256, key beside it)"
    return f"in {place}"


def sync_in_effect(mode: SyncMode, reason: str | None = None) -> str:
    """Return how changes become known, and why not as wished for."""
    told = EVERY_MINUTE if mode is SyncMode.AUTO else mode.label
    return f"{told} · {reason}" if reason else told


def sync_sentence(wished: SyncMode) -> str:
    """Return what is in effect for a wished sync mode."""
    return sync_in_effect(SyncMode.AUTO, None if wished is SyncMode.AUTO else NO_REAL_TIME_YET)
