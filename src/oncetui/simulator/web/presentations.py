"""What a TLS client is shown: a certificate, good or not, and the versions of TLS that are spoken."""

import ssl
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from oncetui.simulator.web.certificates import CertificateKind, ServerCertificate

Opening = Literal[CertificateKind, "tls-1.1", "client-certificate", "plain-http", "silence", "reset"]
# A fatal alert, protocol_version: what a server without any common version says.
_PROTOCOL_VERSION_ALERT = bytes((0x15, 3, 1, 0, 2, 2, 70))


@dataclass(frozen=True)
class Presentation:
    """A server context, None where nothing can be agreed on, and the channel binding that Exchange knows.

    With an `old` one most clients can't agree on a version.
    """

    context: ssl.SSLContext | None
    end_point_hash: bytes
    old: bool = False

    def refusal(self, hello: bytes) -> bytes | None:
        """Return the alert for a client with whose first message no handshake can be; None where it can.

        asyncio closes a connection without sending the alert, so it is found out beforehand.
        """
        if self.context is None:
            return _PROTOCOL_VERSION_ALERT
        if not self.old:
            return None
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        incoming.write(hello)
        try:
            self.context.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
        except ssl.SSLWantReadError:
            return None
        except ssl.SSLError:
            return outgoing.read()
        return None


class Presentations:
    """The ways of beginning TLS with the certificates of one run, each made when it is first needed."""

    def __init__(self, certificates: Mapping[CertificateKind, ServerCertificate]) -> None:
        self._certificates = certificates
        self._made: dict[Opening, Presentation] = {"good": self._make("good")}

    def presentation(self, opening: Opening) -> Presentation:
        """Return what a client is shown; of what isn't about TLS, the good certificate."""
        if opening not in self._made:
            self._made[opening] = self._make(opening)
        return self._made[opening]

    def _make(self, opening: Opening) -> Presentation:
        good = self._certificates["good"]
        if opening == "tls-1.1":
            return Presentation(_old(good), good.end_point_hash, old=True)
        if opening == "client-certificate":
            return Presentation(_demanding(good), good.end_point_hash)
        if opening == "another":
            # Exchange behind the box goes by its own certificate, so no binding to this one can be right.
            return Presentation(self._certificates["another"].tls_context(), good.end_point_hash)
        for kind, certificate in self._certificates.items():
            if kind == opening:
                return Presentation(certificate.tls_context(), certificate.end_point_hash)
        return self._made["good"]


def _old(certificate: ServerCertificate) -> ssl.SSLContext | None:
    """Return a context for TLS 1.0 and 1.1 only, None where this OpenSSL has forgotten them."""
    if not ssl.HAS_TLSv1_1:
        return None
    context = certificate.tls_context()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that they are old is what this is about
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _demanding(certificate: ServerCertificate) -> ssl.SSLContext:
    context = certificate.tls_context()
    context.maximum_version = (
        ssl.TLSVersion.TLSv1_2
    )  # with 1.3 a client learns of it after its handshake only
    context.verify_mode = ssl.CERT_REQUIRED
    with tempfile.TemporaryDirectory(prefix="oncetui-simulator-authority-") as folder:
        authority = Path(folder, "authority.pem")
        authority.write_bytes(certificate.authority_pem)
        context.load_verify_locations(authority)
    return context
