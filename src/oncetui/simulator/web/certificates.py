"""The certificates of one run: an authority for the scenario's names only, and what it vouches for."""

import hashlib
import ssl
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from oncetui.simulator.web.authority import Issued, Validity, intermediate, root, server

CertificateKind = Literal[
    "good",
    "another",
    "expired",
    "not-yet-valid",
    "self-signed",
    "wrong-name",
    "missing-intermediate",
    "unknown-authority",
]
_AUTHORITY = "oncetui simulated Exchange, this run only"
_INTERMEDIATE_AT = "http://localhost/intermediate.crt"
_MONTH = timedelta(days=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ServerCertificate:
    """A server certificate with its key, and the authority that vouches for it, each as PEM."""

    authority_pem: bytes
    certificate_pem: bytes
    key_pem: bytes = field(repr=False)

    @property
    def end_point_hash(self) -> bytes:
        """The channel binding `tls-server-end-point`, by SHA-256 as in the signature (RFC 5929, 4.1)."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.certificate_pem.decode("ascii"))).digest()

    def tls_context(self) -> ssl.SSLContext:
        """Return a server context; while it is made, the key is on disk, for its owner only."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        with tempfile.TemporaryDirectory(prefix="oncetui-simulator-key-") as folder:
            chain = Path(folder, "server.pem")
            chain.touch(mode=0o600)
            chain.write_bytes(self.key_pem + self.certificate_pem)
            context.load_cert_chain(chain)
        return context


def issue(hosts: Iterable[str], domains: Iterable[str], now: datetime) -> ServerCertificate:
    """Make an authority, valid below `domains` and on loopback only, and its certificate for `hosts`.

    The authority's key exists inside this call only, so that nobody can issue more with it. `now` is aware.
    """
    authority = root(domains, now, _AUTHORITY)
    return _kept(authority, server(hosts, Validity.around(now), authority))


def issue_all(
    hosts: Iterable[str], domains: Iterable[str], now: datetime
) -> Mapping[CertificateKind, ServerCertificate]:
    """Make an authority and its good certificate, as `issue`, and one of every kind that a client refuses.

    `another` is as good as the good one, with another key: what a box between client and server presents.
    """
    hosts, domains = list(hosts), list(domains)
    authority, usual = root(domains, now, _AUTHORITY), Validity.around(now)
    stranger = root(domains, now, "An authority that nobody knows")
    below = intermediate(authority, now, f"{_AUTHORITY}, intermediate")
    elsewhere = [f"server-of-another-name.{domain}" for domain in domains[:1]]
    issued: dict[CertificateKind, Issued] = {
        "good": server(hosts, usual, authority),
        "another": server(hosts, usual, authority),
        "expired": server(hosts, Validity(now - _MONTH, now - _DAY), authority),
        "not-yet-valid": server(hosts, Validity(now + _DAY, now + _MONTH), authority),
        "self-signed": server(hosts, usual, None),
        "wrong-name": server(elsewhere, usual, authority, loopback=False),
        "missing-intermediate": server(hosts, usual, below, issuer_at=_INTERMEDIATE_AT),
        "unknown-authority": server(hosts, usual, stranger),
    }
    return {kind: _kept(authority, one) for kind, one in issued.items()}


def _kept(authority: Issued, issued: Issued) -> ServerCertificate:
    return ServerCertificate(authority.pem, issued.pem, issued.key_pem)
