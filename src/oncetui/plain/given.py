"""What the command line said already, before the first question."""

from dataclasses import dataclass, field

from oncetui.model.connection import SyncMode
from oncetui.model.ports import DraftAnswers
from oncetui.model.secret import Secret


@dataclass(frozen=True)
class Given:
    """Answers that fill the questions; a password and an email that are given are not asked for again.

    `consented` holds hosts outside the mail domain that may get the password, in lower case; `pins` are
    SHA-256s of the servers' certificates in hex.
    """

    answers: DraftAnswers = field(default_factory=DraftAnswers)
    secret: Secret = field(default_factory=lambda: Secret(""))
    consented: frozenset[str] = frozenset()
    pins: tuple[str, ...] = ()
    sync_mode: SyncMode = SyncMode.REAL_TIME
