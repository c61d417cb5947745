"""What a server's certificate says of itself, for people to look at; nothing of it is believed."""

import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from oncetui.model.pins import fingerprint

_LONGEST = 200
_MOST_NAMES = 30


@dataclass(frozen=True)
class ShownCertificate:
    """A certificate as it was shown, before any check; dates are in UTC.

    Where it can't be read, only the fingerprints are known. `chain` holds the subjects that the server sent,
    its own first. `issuer_published` says that it names a web address for its issuer's certificate, where
    browsers fetch what a server leaves out.
    """

    sha256: str
    sha1: str
    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    chain: tuple[str, ...] = ()
    issuer_published: bool = False

    def as_evidence(self) -> dict[str, object]:
        """Return it as evidence of a problem."""
        return {
            "subject": self.subject or None,
            "issuer": self.issuer or None,
            "names": ", ".join(self.names) or None,
            "valid_from": _date(self.valid_from),
            "valid_until": _date(self.valid_until),
            "chain": " ← ".join(self.chain) or None,
            "sha256": self.sha256,
            "sha1": self.sha1,
        }


def certificate_in(secured: ssl.SSLSocket | ssl.SSLObject) -> ShownCertificate:
    """Return the certificate that a handshake has shown, checked or not."""
    own = secured.getpeercert(binary_form=True) or b""
    return certificate_of(own, sent_chain(secured))


def certificate_of(own: bytes, chain: Sequence[bytes] = ()) -> ShownCertificate:
    """Return what a certificate in DER says, with the chain that was sent with it."""
    sha256 = sha256_of(own)
    sha1 = fingerprint(hashlib.sha1(own).hexdigest())  # noqa: S324  # shown for comparison, never relied on
    try:
        read = x509.load_der_x509_certificate(own)
        return ShownCertificate(
            sha256,
            sha1,
            subject=_named(read.subject),
            issuer=_named(read.issuer),
            names=_names(read),
            valid_from=read.not_valid_before_utc,
            valid_until=read.not_valid_after_utc,
            chain=tuple(_subject(each) for each in chain) or (_named(read.subject),),
            issuer_published=_issuer_published(read),
        )
    except ValueError:
        return ShownCertificate(sha256, sha1)


def sha256_of(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in DER as it is shown."""
    return fingerprint(hashlib.sha256(certificate).hexdigest())


def sent_chain(secured: ssl.SSLSocket | ssl.SSLObject) -> tuple[bytes, ...]:
    """Return what the server sent, in DER, its own certificate first."""
    # Public from Python 3.13 on; before that on the object inside, as truststore uses it.
    inside = getattr(secured, "_sslobj", secured)
    sent = getattr(inside, "get_unverified_chain", lambda: None)() or ()
    return tuple(each if isinstance(each, bytes) else each.public_bytes(_DER) for each in sent)


_DER = 2  # _ssl.ENCODING_DER


def _subject(der: bytes) -> str:
    try:
        return _named(x509.load_der_x509_certificate(der).subject)
    except ValueError:
        return "unreadable"


def _named(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    organisation = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    parts = [str(part[0].value) for part in (common, organisation) if part]
    return (" · ".join(parts) or name.rfc4514_string())[:_LONGEST]


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return ()
    addresses = (str(address) for address in held.get_values_for_type(x509.IPAddress))
    return (*held.get_values_for_type(x509.DNSName), *addresses)[:_MOST_NAMES]


def _issuer_published(certificate: x509.Certificate) -> bool:
    try:
        held = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    places = (each for each in held if each.access_method == AuthorityInformationAccessOID.CA_ISSUERS)
    return any(str(each.access_location.value).startswith("http:") for each in places)


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
