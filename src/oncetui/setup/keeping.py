"""The step that asks where the password is kept, and how changes become known."""

from dataclasses import dataclass, replace

from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.ports import SecretPlaces
from oncetui.model.status import Protection

LABELS = {
    KeptIn.KEYRING: "the system keyring",
    KeptIn.FILE: "an encrypted file",
    KeptIn.COMMAND: "a command of yours",
    KeptIn.SYSTEMD: "a systemd credential",
}
EVERY_MINUTE = "Auto-sync: asks for changes every 60 s."
NOT_YET_REAL_TIME = "Auto-sync: asks for changes every 60 s; Real-time comes with a later version."


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


def sync_sentence(wished: SyncMode) -> str:
    """Return what is in effect for a wished sync mode."""
    return EVERY_MINUTE if wished is SyncMode.AUTO else NOT_YET_REAL_TIME
