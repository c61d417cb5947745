"""What goes wrong on the way and has no exception of Python's own; each names its phase and no secret."""

from pathlib import Path

from oncetui.exchange.transport.shown_certificate import ShownCertificate


class CaFileUnreadableError(OSError):
    """The CA file can't be read or holds no certificate."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class CertificateRefusedError(OSError):
    """The check of a certificate failed; the cause says how, `shown` what it is, None where it wasn't seen.

    `resolves` is a name that stands in the certificate and can be reached, looked for where the name is at
    fault.
    """

    def __init__(self, host: str, shown: ShownCertificate | None, resolves: str | None = None) -> None:
        super().__init__(f"{host} shows a certificate that fails its check")
        self.host = host
        self.shown = shown
        self.resolves = resolves


class PinnedCertificateChangedError(OSError):
    """A host that is pinned to one certificate shows another; `pinned` is the SHA-256 that it should have."""

    def __init__(self, host: str, pinned: str, shown: ShownCertificate) -> None:
        super().__init__(f"{host} shows another certificate than the pinned one")
        self.host = host
        self.pinned = pinned
        self.shown = shown


class ProxyUnreachableError(OSError):
    """The connection to the proxy itself failed; the cause says how."""


class ProxyCutError(OSError):
    """The proxy hung up, or said what no proxy says, while it was asked for a tunnel."""


class ProxyCertificateError(OSError):
    """The certificate of a proxy that is spoken to over TLS fails its check; the cause says how."""


class ProxyRefusalError(OSError):
    """The proxy answered a CONNECT with something else than success.

    `offered` are the schemes of a 407, `signed_in` tells whether credentials went with the request, and
    `reason` is the proxy's own word for it, where it has one.
    """

    def __init__(
        self,
        status: int,
        offered: tuple[str, ...] = (),
        *,
        signed_in: bool = False,
        reason: str | None = None,
    ) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status
        self.offered = offered
        self.signed_in = signed_in
        self.reason = reason


class AnswerTooLargeError(OSError):
    """An answer went past the size that is sane for it."""


class AnswerTooSlowError(TimeoutError):
    """An answer kept dripping past the limit for a whole request."""


class HandshakeCutError(ConnectionError):
    """The connection ended while TLS was being agreed on."""


class InsideAddressError(TimeoutError):
    """No address answered, and all of them belong to private networks; `address` is the first."""

    def __init__(self, address: str) -> None:
        super().__init__(f"no answer from {address}")
        self.address = address


class NotKeptAliveError(OSError):
    """The connection was not kept open between the steps of a sign-in that needs one connection."""
