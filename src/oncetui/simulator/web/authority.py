"""A certificate authority that lives for one run, and what it signs."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

LOOPBACK_NAMES = ("localhost",)
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1")
LIFETIME = timedelta(days=30)
ALLOWED_CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True)
class Validity:
    """From when to when a certificate counts; aware datetimes."""

    begin: datetime
    end: datetime

    @classmethod
    def around(cls, now: datetime) -> "Validity":
        """Return the usual one."""
        return cls(now - ALLOWED_CLOCK_SKEW, now + LIFETIME)


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key as PEM, not encrypted."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def root(domains: Iterable[str], now: datetime, name: str) -> Issued:
    """Make an authority that may vouch for names below `domains` and for loopback, and for nothing else."""
    names: list[x509.GeneralName] = [x509.DNSName(one) for one in (*domains, *LOOPBACK_NAMES)]
    names += [x509.IPAddress(ipaddress.ip_network(address)) for address in LOOPBACK_ADDRESSES]
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, key, Validity.around(now), None, path_length=1)
    return _signed(builder.add_extension(x509.NameConstraints(names, None), critical=True), key, None)


def intermediate(above: Issued, now: datetime, name: str) -> Issued:
    """Make an authority below another."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _signed(_builder(name, key, Validity.around(now), above, path_length=0), key, above)


def server(
    hosts: Iterable[str],
    validity: Validity,
    above: Issued | None,
    *,
    loopback: bool = True,
    issuer_at: str | None = None,
) -> Issued:
    """Make a server certificate for `hosts`, for loopback as well by default; self-signed without `above`.

    `issuer_at` is where the authority's own certificate can be fetched, as browsers do.
    """
    hosts = list(dict.fromkeys(hosts)) or list(LOOPBACK_NAMES)
    names: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts]
    if loopback:
        names += [x509.DNSName(host) for host in LOOPBACK_NAMES if host not in hosts]
        names += [x509.IPAddress(ipaddress.ip_address(address)) for address in LOOPBACK_ADDRESSES]
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(hosts[0], key, validity, above, path_length=None)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
    )
    if issuer_at is not None:
        place = x509.UniformResourceIdentifier(issuer_at)
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return _signed(builder, key, above)


def _builder(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    validity: Validity,
    above: Issued | None,
    *,
    path_length: int | None,
) -> x509.CertificateBuilder:
    """Begin a certificate; with a path length it is an authority's."""
    is_authority = path_length is not None
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(name) if above is None else above.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity.begin)
        .not_valid_after(validity.end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=path_length), critical=True)
        .add_extension(_key_usage(signs_certificates=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _signed(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, above: Issued | None
) -> Issued:
    if above is None:
        return Issued(builder.sign(key, hashes.SHA256()), key)
    issuer_id = above.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    identified = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id), critical=False
    )
    return Issued(identified.sign(above.key, hashes.SHA256()), key)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


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
