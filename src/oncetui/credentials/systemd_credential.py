"""The password as systemd hands it to a service: a file in `$CREDENTIALS_DIRECTORY`."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import (
    SECRET_FILLED_ELSEWHERE,
    SECRET_OF_THE_SERVICE,
    SECRET_UNREADABLE,
)
from oncetui.model.secret import Secret
from oncetui.model.status import Protection

FOLDER = "CREDENTIALS_DIRECTORY"


class SystemdCredential:
    """Reads the credential `oncetui-PROFILE` once, since systemd gives a service a new one at its start only.

    Whoever isn't the service has none: that raises `ProblemError` with `secret-of-the-service`, and a
    credential that is missing or empty one with `secret-unreadable` (both diagnosis 89).
    """

    kept_in = KeptIn.SYSTEMD
    protection = Protection(
        kept_in=str(KeptIn.SYSTEMD),
        unattended=True,
        sentence="systemd hands it to the service alone; nothing of it is kept here.",
    )

    def __init__(self, profile: str, environment: Mapping[str, str], unit: str) -> None:
        self._profile = profile
        self._folder = environment.get(FOLDER, "")
        self._restart = f"systemctl --user restart {unit}"
        self._read: Secret | None = None

    def load(self) -> Secret:
        """Return the secret as it was when it was first read."""
        if self._read is None:
            self._read = self._from_file()
        return self._read

    def save(self, secret: Secret) -> None:
        """Take a secret that the service has already, or any where this isn't the service.

        Raises `ProblemError` for another one than the service's.
        """
        if self._folder and self.load() != secret:
            problem = SECRET_FILLED_ELSEWHERE.problem(kept_in="systemd credential", command=self._restart)
            raise ProblemError(problem)

    def erase(self) -> None:
        """Forget what was read; the credential itself is systemd's."""
        self._read = None

    def _from_file(self) -> Secret:
        if not self._folder:
            raise ProblemError(SECRET_OF_THE_SERVICE.problem(command=self._restart))
        return credential(self._folder, self._profile, self._restart)


def credential(folder: str, profile: str, restart: str) -> Secret:
    """Return the first line of the profile's credential in a folder that systemd made.

    Raises `ProblemError` with `secret-unreadable` (diagnosis 89), which says how to `restart` the service.
    """
    name = credential_name(profile)
    try:
        line = (Path(folder) / name).read_bytes().partition(b"\n")[0]
        secret = Secret(line.decode().rstrip("\r"))
    except FileNotFoundError:
        raise _unreadable(f"The service was given no credential {name}.", restart) from None
    except OSError as error:
        raise _unreadable(f"The credential {name}: {error.strerror}.", restart) from None
    except UnicodeDecodeError:
        raise _unreadable(f"The credential {name} isn't UTF-8.", restart) from None
    if not secret:
        raise _unreadable(f"The first line of the credential {name} is empty.", restart)
    return secret


def credential_name(profile: str) -> str:
    """Return the name under which systemd hands over what the profile's service needs."""
    return f"oncetui-{profile}"


def _unreadable(reason: str, restart: str) -> ProblemError:
    problem = SECRET_UNREADABLE.problem(kept_in="systemd credential", reason=reason)
    return ProblemError(replace(problem, next=f"Put the credential's file right, then run: {restart}"))
