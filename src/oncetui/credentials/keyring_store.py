"""The password in the system keyring."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from oncetui.credentials.bounded_call import within
from oncetui.credentials.keyring_backends import (
    PasswordKeeper,
    SystemKeyring,
    faults_of_keyrings,
    system_keyrings,
)
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import KEYRING_ABSENT, KEYRING_LOCKED, SECRET_UNREADABLE
from oncetui.model.secret import Secret
from oncetui.model.status import Protection

SERVICE = "oncetui"
PROBING_SECONDS = 3.0
READING_SECONDS = 10.0

Answer = TypeVar("Answer")


class KeyringStore:
    """Keeps the password under the name of installation and profile; the mailbox isn't told.

    Every call is bounded. All that fails raises `ProblemError` with `keyring-locked` or `keyring-absent`
    (diagnosis 88).
    """

    kept_in = KeptIn.KEYRING
    protection = Protection(
        kept_in=str(KeptIn.KEYRING),
        unattended=False,
        sentence="In the system keyring, which opens with your login.",
    )

    def __init__(
        self,
        installation: str,
        profile: str,
        *,
        keyrings: Sequence[SystemKeyring] | None = None,
        probing_seconds: float = PROBING_SECONDS,
        reading_seconds: float = READING_SECONDS,
    ) -> None:
        self._username = f"{installation}:{profile}"
        self._keyrings = system_keyrings() if keyrings is None else keyrings
        self._probing_seconds = probing_seconds
        self._reading_seconds = reading_seconds

    def probe(self) -> None:
        """Raise `ProblemError` where no open keyring answers within 3 s; nobody is asked to unlock one."""
        self._ask(self._probing_seconds, lambda _: None)

    def load(self) -> Secret:
        """Return the secret; raise `ProblemError` with `secret-unreadable` (diagnosis 89) without one."""
        kept = self._ask(self._reading_seconds, lambda keyring: keyring.get_password(SERVICE, self._username))
        if kept is None:
            reason = "The keyring holds none for this profile."
            raise ProblemError(SECRET_UNREADABLE.problem(kept_in="keyring", reason=reason))
        return Secret(kept)

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it."""
        self._ask(
            self._reading_seconds,
            lambda keyring: keyring.set_password(SERVICE, self._username, secret.reveal()),
        )

    def erase(self) -> None:
        """Forget the secret; nothing happens where there is none."""

        def forget(keyring: PasswordKeeper) -> None:
            if keyring.get_password(SERVICE, self._username) is not None:
                keyring.delete_password(SERVICE, self._username)

        self._ask(self._reading_seconds, forget)

    def _ask(self, seconds: float, question: Callable[[PasswordKeeper], Answer]) -> Answer:
        from keyring.errors import InitError, KeyringLocked, NoKeyringError  # noqa: PLC0415  # slow to import

        # The causes are cut off, since the frames that they lead to hold the password.
        try:
            return within(seconds, lambda: question(self._open()))
        except TimeoutError:
            raise _absent(f"It gave no answer within {seconds:g} s.") from None
        except KeyringLocked:
            raise ProblemError(KEYRING_LOCKED.problem()) from None
        except NoKeyringError:
            titles = " or ".join(keyring.title for keyring in self._keyrings) or "system keyring"
            raise _absent(f"No {titles} runs in this session.") from None
        except InitError:
            raise _absent("One runs, but it has no default keyring yet.") from None
        except faults_of_keyrings() as error:
            raise _absent(f"One runs, but it fails with {type(error).__name__}.") from None

    def _open(self) -> PasswordKeeper:
        from keyring.errors import InitError, NoKeyringError  # noqa: PLC0415  # slow to import

        found: Exception = NoKeyringError()
        for keyring in self._keyrings:
            try:
                return keyring.open()
            except NoKeyringError:
                continue
            except InitError as error:
                found = error
        raise found


def _absent(reason: str) -> ProblemError:
    return ProblemError(KEYRING_ABSENT.problem(reason=reason))
