"""The run's certificates, as OpenSSL judges them."""

import hashlib
import ssl
from datetime import UTC, datetime

import pytest
from cryptography import x509

from oncetui.simulator.web.certificates import ServerCertificate, issue

HOSTS = ["mail.contoso.example", "autodiscover.contoso.example", "contoso.example"]


@pytest.fixture(scope="module")
def certificate() -> ServerCertificate:
    return issue(HOSTS, ["contoso.example"], datetime.now(UTC))


def handshake(server: ServerCertificate, name: str) -> bytes:
    """Shake hands in memory as the strictest client does; returns the server's certificate as DER."""
    client_context = ssl.create_default_context(cadata=server.authority_pem.decode())
    client_context.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname=name)
    answering = server.tls_context().wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (client, answering):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return client.getpeercert(binary_form=True) or b""


@pytest.mark.parametrize("name", [*HOSTS, "localhost", "127.0.0.1", "::1"])
def test_the_certificate_is_good_for_every_host_under_strict_checks(
    certificate: ServerCertificate, name: str
) -> None:
    assert handshake(certificate, name)


def test_the_certificate_is_good_for_no_other_host(certificate: ServerCertificate) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(certificate, "www.example.org")


def test_the_authority_can_vouch_for_nobody_outside_its_domains() -> None:
    strayed = issue(["mail.contoso.example", "www.example.org"], ["contoso.example"], datetime.now(UTC))
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        handshake(strayed, "www.example.org")


def test_the_channel_binding_is_the_hash_of_the_certificate_that_is_presented(
    certificate: ServerCertificate,
) -> None:
    presented = handshake(certificate, "mail.contoso.example")
    assert certificate.end_point_hash == hashlib.sha256(presented).digest()
    algorithm = x509.load_der_x509_certificate(presented).signature_hash_algorithm
    assert algorithm is not None
    assert algorithm.name == "sha256"


def test_no_key_shows_in_what_is_printed(certificate: ServerCertificate) -> None:
    assert "PRIVATE" not in repr(certificate)
    assert b"PRIVATE" not in certificate.authority_pem
