"""The latch of one secret: once refused, it is never sent again, whichever thread asks."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from oncetui.exchange.faults.answer_facts import AnswerFacts
from oncetui.model.ports import unheard


class SecretRefusedError(Exception):
    """The server refused the secret; `windows_domain` comes from its NTLM challenge.

    `certificate`, in DER, is the one that the sign-in was bound to, None where it was bound to none.
    """

    def __init__(
        self, facts: AnswerFacts, windows_domain: str | None = None, certificate: bytes | None = None
    ) -> None:
        super().__init__("the server refused the sign-in")
        self.facts = facts
        self.windows_domain = windows_domain
        self.certificate = certificate


class Latch:
    """Lets one request with the secret go at a time, and none after a refusal, which `refused` is told."""

    def __init__(self, refused: Callable[[], None] = unheard) -> None:
        self._refused = refused
        self._lock = threading.Lock()
        self._refusal: SecretRefusedError | None = None

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn for one attempt; raise `SecretRefusedError` where one was refused before.

        Two attempts at once with a password that was just changed would be two refusals.
        """
        with self._lock:
            if self._refusal is not None:
                before = self._refusal
                raise SecretRefusedError(before.facts, before.windows_domain, before.certificate)
            try:
                yield
            except SecretRefusedError as refusal:
                self._refusal = refusal
                self._refused()
                raise

    def reopen(self) -> None:
        """Take a refusal back that turned out not to be about the secret."""
        with self._lock:
            self._refusal = None


def raise_where_refused(
    facts: AnswerFacts, windows_domain: str | None = None, certificate: bytes | None = None
) -> None:
    """Raise `SecretRefusedError` where a 401 that answers the secret may be about it.

    One that says that the account is locked does not say whether the secret is right (`diagnosis` 41). One
    that names no scheme may come from a proxy or a throttled server (`diagnosis` 45), which a question
    without credentials tells; until then it counts as a refusal, since another attempt could lock the
    account.
    """
    if "locked-out" not in facts.says:
        raise SecretRefusedError(facts, windows_domain, certificate)
