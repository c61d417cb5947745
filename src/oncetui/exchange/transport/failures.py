"""What goes wrong on the way and has no exception of Python's own; each names its phase and no secret."""

from pathlib import Path


class CaFileUnreadableError(OSError):
    """The CA file can't be read or holds no certificate."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class PinnedCertificateChangedError(OSError):
    """A host that is pinned to one certificate shows another; `shown` is the SHA-256 of that one in hex."""

    def __init__(self, host: str, shown: str) -> None:
        super().__init__(f"{host} shows another certificate than the pinned one")
        self.host = host
        self.shown = shown


class ProxyUnreachableError(OSError):
    """The connection to the proxy itself failed; the cause says how."""


class ProxyRefusalError(OSError):
    """The proxy answered a CONNECT with something else than success."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status


class AnswerTooLargeError(OSError):
    """An answer went past the size that is sane for it."""


class AnswerTooSlowError(TimeoutError):
    """An answer kept dripping past the limit for a whole request."""


class NotKeptAliveError(OSError):
    """The connection was not kept open between the steps of a sign-in that needs one connection."""
