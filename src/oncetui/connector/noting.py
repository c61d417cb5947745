"""Writing down what came of the connector's work."""

import contextlib
from dataclasses import replace

from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.state import (
    By,
    ConnectionRecord,
    Faulted,
    Succeeded,
    advance,
    of_another_secret,
)
from oncetui.model.way_taken import UNKNOWN_WAY, WayTaken


def note_fault(profile: Profile, secret_version: str | None, error: ProblemError) -> ConnectionRecord:
    """Note the problem that work with this secret ended in, and return the record after it."""
    fault = Faulted(
        profile.clock.now(),
        error.problem,
        retry_after=error.retry_after,
        secret_refused=error.secret_refused,
        secret_version=secret_version,
    )
    return profile.connection.change(lambda record: advance(record, fault), error.problem.what)


def note_success(
    profile: Profile, secret_version: str, by: By, generation: int, way: WayTaken = UNKNOWN_WAY
) -> ConnectionRecord:
    """Note that this secret signed in and the mailbox was read, unless it was disconnected meanwhile."""
    success = Succeeded(profile.clock.now(), by, secret_version, way)

    def unless_disconnected(record: ConnectionRecord) -> ConnectionRecord:
        return advance(record, success) if record.generation == generation else record

    return profile.connection.change(unless_disconnected, "Connected.")


def note_refused(profile: Profile, secret_version: str, *, refused: bool = True) -> None:
    """Note that the server refused this secret, or that it said nothing of it after all."""

    def noted(record: ConnectionRecord) -> ConnectionRecord:
        if record.secret_version != secret_version:
            return record
        return replace(record, refused_version=secret_version if refused else None)

    profile.connection.change(noted)


class RefusalHeard:
    """Notes a refusal of this secret as soon as it is heard, before anybody asks what it means.

    A process that dies meanwhile has still seen it refused. What can't be written at that moment is written
    once more by whoever is told of the failure. `noted` is set once it is written, from whichever thread.
    """

    def __init__(self, profile: Profile, secret_version: str) -> None:
        self.noted = False
        self._profile = profile
        self._secret_version = secret_version

    def __call__(self) -> None:
        """Note it."""
        with contextlib.suppress(ProblemError):
            note_refused(self._profile, self._secret_version)
            self.noted = True

    def take_back(self) -> None:
        """Note that it said nothing of the secret, where it was noted."""
        if self.noted:
            self.noted = False
            note_refused(self._profile, self._secret_version, refused=False)


def note_secret(profile: Profile, secret_version: str) -> ConnectionRecord:
    """Note that another secret is kept now, where the connector may send one by itself."""
    return profile.connection.change(
        lambda record: of_another_secret(record, secret_version) if record.may_sign_in else record
    )
