"""What the server turned down in this wizard, kept in memory so that it is not sent again unchanged."""

from oncetui.model.problem import Problem
from oncetui.model.secret import Secret


class RefusedSecrets:
    """The last refused secret for each user name and host; it ends with the wizard.

    Another refusal of the same secret says nothing new and brings the account nearer to its lock
    (`diagnosis` 39, 41).
    """

    def __init__(self) -> None:
        self._refused: dict[tuple[str, str], tuple[Secret, Problem]] = {}

    def note(self, username: str, host: str, secret: Secret, problem: Problem) -> None:
        """Remember that the host refused the secret for the user name, and how it said so."""
        self._refused[username.lower(), host.lower()] = (secret, problem)

    def answer_to(self, username: str, host: str, secret: Secret) -> Problem | None:
        """Return the problem that sending this again would only repeat, None where it is something new."""
        secret_then, problem = self._refused.get((username.lower(), host.lower()), (None, None))
        return problem if secret_then == secret else None

    def any_for(self, username: str) -> bool:
        """Tell whether any host refused this user name."""
        return any(name == username.lower() for name, _ in self._refused)
