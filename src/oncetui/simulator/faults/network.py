"""Faults below HTTP: how connections and TLS begin."""

from typing import ClassVar

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.web.presentations import Opening


class SilentDiscovery(Fault):
    """`silent-discovery {}`: where discovery is refused, connections are taken and nothing is said."""

    counted = False

    def silences_closed_doors(self) -> bool:
        """Return that they are."""
        return True


class _Opening(Fault):
    """A fault without values that is all about how a connection to the HTTPS port begins."""

    aims = ("host",)
    kind: ClassVar[Opening]

    def opening(self) -> Opening:
        """Return the way of this fault."""
        return self.kind


class ExpiredCertificate(_Opening):
    """`certificate-expired {}`: the certificate was good until yesterday."""

    kind = "expired"


class FutureCertificate(_Opening):
    """`certificate-not-yet-valid {}`: the certificate is good from tomorrow on."""

    kind = "not-yet-valid"


class SelfSignedCertificate(_Opening):
    """`certificate-self-signed {}`: the certificate vouches for itself."""

    kind = "self-signed"


class WrongNameCertificate(_Opening):
    """`certificate-wrong-name {}`: the certificate is another host's."""

    kind = "wrong-name"


class MissingIntermediate(_Opening):
    """`certificate-missing-intermediate {}`: the server doesn't send the authority in between."""

    kind = "missing-intermediate"


class UnknownAuthority(_Opening):
    """`certificate-unknown-authority {}`: the certificate is of an authority that nobody trusts."""

    kind = "unknown-authority"


class TlsBridge(_Opening):
    """`tls-bridge {}`: TLS ends at a box with another, trusted certificate: channel bindings fail."""

    kind = "another"


class OldTls(_Opening):
    """`tls-1.1 {}`: the server knows TLS 1.0 and 1.1 only; later clients get the alert protocol_version."""

    kind = "tls-1.1"


class ClientCertificate(_Opening):
    """`client-certificate {}`: the server wants a certificate of the client."""

    kind = "client-certificate"


class PlainHttp(_Opening):
    """`plain-http {}`: the HTTPS port speaks HTTP without TLS."""

    kind = "plain-http"


class Silence(_Opening):
    """`silence {}`: the HTTPS port takes connections and never says a word."""

    kind = "silence"


class HandshakeReset(_Opening):
    """`handshake-reset {}`: the connection is reset in the middle of the TLS handshake."""

    kind = "reset"
