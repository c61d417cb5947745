"""Asking a server, now and then, until when the password is good."""

from dataclasses import replace

from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord


def note_password_expiry(
    profile: Profile, gateway: CalendarGateway, secret_version: str | None, generation: int
) -> None:
    """Keep until when the password of this version is good, as the server tells it now.

    Not being able to ask says nothing of the connection, and what was told before stays. Raises
    `ProblemError` where the server asks to wait or refuses the password.
    """
    try:
        expires = gateway.password_expires()
    except ProblemError as error:
        if error.secret_refused or error.retry_after is not None:
            raise
        return

    def noted(record: ConnectionRecord) -> ConnectionRecord:
        if (record.generation, record.secret_version) != (generation, secret_version):
            return record
        return replace(record, password_expires=expires)

    profile.connection.change(noted)
