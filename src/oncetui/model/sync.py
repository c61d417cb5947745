"""How changes in the calendars become known: what was wished for, and what is in effect."""

from dataclasses import dataclass
from datetime import timedelta

from oncetui.model.connection import SyncMode
from oncetui.model.schedule import AUTO_SYNC, SAFETY_NET

NO_CONNECTOR = "Real-time begins once a connector runs"
BEGINNING = "Real-time is being set up"
NOT_CONNECTED = "Real-time begins again once the connection works"
WAITING = (NO_CONNECTOR, BEGINNING, NOT_CONNECTED)
"""Reasons that say of themselves what was wished for."""
NOTHING_TO_WATCH = "the server tells of no calendar that booking pages use"


@dataclass(frozen=True)
class SyncInEffect:
    """The mode in effect, and why it is not the one wished for, or which calendars it leaves out."""

    mode: SyncMode = SyncMode.AUTO
    reason: str | None = None
    all_watched: bool = False

    @property
    def period(self) -> timedelta:
        """How often the server is asked whatever it tells."""
        return SAFETY_NET if self.mode is SyncMode.REAL_TIME and self.all_watched else AUTO_SYNC


AUTO = SyncInEffect()
REAL_TIME = SyncInEffect(SyncMode.REAL_TIME, all_watched=True)


def partly_watched(left_out: int) -> SyncInEffect:
    """Return Real-time that leaves some calendars to be asked every 60 s."""
    some = "1 calendar is" if left_out == 1 else f"{left_out} calendars are"
    seconds = AUTO_SYNC.seconds
    reason = f"{some} asked every {seconds} s: the server tells only of the mailbox's own"
    return SyncInEffect(SyncMode.REAL_TIME, reason)


def in_effect(wished: SyncMode, told: SyncInEffect | None) -> SyncInEffect:
    """Return what is in effect for a wish, as a running connector told; None where none runs."""
    if wished is SyncMode.AUTO:
        return AUTO
    return SyncInEffect(reason=NO_CONNECTOR) if told is None else told
