"""The certificates of one run: an authority for the scenario's names only, and a server certificate."""

import hashlib
import ipaddress
import ssl
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LOOPBACK_NAMES = ("localhost",)
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1")
_LIFETIME = timedelta(days=30)
_ALLOWED_CLOCK_SKEW = timedelta(days=1)


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
    hosts = list(dict.fromkeys(hosts))
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _authority(authority_key, _permitted(domains), now)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _server(key, hosts, authority, authority_key, now)
    return ServerCertificate(
        authority_pem=authority.public_bytes(serialization.Encoding.PEM),
        certificate_pem=certificate.public_bytes(serialization.Encoding.PEM),
        key_pem=key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def _permitted(domains: Iterable[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in (*domains, *LOOPBACK_NAMES)]
    names += [x509.IPAddress(ipaddress.ip_network(address)) for address in LOOPBACK_ADDRESSES]
    return names


def _authority(
    key: ec.EllipticCurvePrivateKey, permitted: list[x509.GeneralName], now: datetime
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "oncetui simulated Exchange, this run only")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _ALLOWED_CLOCK_SKEW)
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey,
    hosts: list[str],
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    names: list[x509.GeneralName] = [x509.DNSName(host) for host in (*hosts, *LOOPBACK_NAMES)]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in LOOPBACK_ADDRESSES]
    issuer_id = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (hosts or ["localhost"])[0])]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _ALLOWED_CLOCK_SKEW)
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
