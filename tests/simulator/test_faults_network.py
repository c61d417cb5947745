"""Faults of connections and certificates, as a client that checks everything meets them."""

import socket
import ssl
import warnings
from collections.abc import Callable

import pytest
import requests
from requests_ntlm import HttpNtlmAuth

from oncetui.simulator.serve import RunningSimulator
from tests.simulator.wire import ANNA, BEN, EWS, HOST, https_port, tls_connection

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        ("certificate-expired", 10, "certificate has expired"),
        ("certificate-not-yet-valid", 9, "not yet valid"),
        ("certificate-self-signed", 18, "self-signed"),
        ("certificate-wrong-name", 62, "Hostname mismatch"),
        ("certificate-missing-intermediate", 20, "unable to get local issuer"),
        ("certificate-unknown-authority", 20, "unable to get local issuer"),
    ],
)
def test_a_bad_certificate_is_bad_in_its_own_way_until_it_is_taken_back(
    small: RunningSimulator, control: Control, fault: str, code: int, says: str
) -> None:
    control(small, "PUT", f"/faults/{fault}", {"host": HOST}).raise_for_status()
    with pytest.raises(ssl.SSLCertVerificationError, match=says) as caught:
        tls_connection(small)
    assert caught.value.verify_code == code
    tls_connection(small, "autodiscover.contoso.example").close()
    control(small, "DELETE", f"/faults/{fault}").raise_for_status()
    tls_connection(small).close()


def test_a_box_in_between_is_trusted_but_breaks_channel_bindings(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/tls-bridge").raise_for_status()
    assert client(small).get(EWS, auth=HttpNtlmAuth(*BEN), timeout=5).status_code == 401
    assert client(small).get(EWS, auth=HttpNtlmAuth(*BEN, send_cbt=False), timeout=5).status_code == 200
    assert client(small).get(EWS, auth=ANNA, timeout=5).status_code == 200
    control(small, "PUT", "/faults/extended-protection", {"mode": "off"}).raise_for_status()
    assert client(small).get(EWS, auth=HttpNtlmAuth(*BEN), timeout=5).status_code == 200


def test_tls_1_1_only_is_an_alert_to_today_and_a_connection_to_yesterday(
    small: RunningSimulator, control: Control
) -> None:
    control(small, "PUT", "/faults/tls-1.1").raise_for_status()
    with pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        tls_connection(small)
    if not ssl.HAS_TLSv1_1:
        pytest.skip("this OpenSSL has no TLS 1.1: the alert is all that can be seen")
    context = ssl.create_default_context(cafile=small.ready["ca_file"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with (
        socket.create_connection(("127.0.0.1", https_port(small)), 5) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as old,
    ):
        assert old.version() == "TLSv1.1"


def test_a_client_certificate_can_be_demanded(small: RunningSimulator, control: Control) -> None:
    control(small, "PUT", "/faults/client-certificate").raise_for_status()
    with pytest.raises((ssl.SSLError, ConnectionError)):
        tls_connection(small)


def test_plain_http_on_the_port_is_no_tls(small: RunningSimulator, control: Control) -> None:
    control(small, "PUT", "/faults/plain-http").raise_for_status()
    with pytest.raises(ssl.SSLError, match="WRONG_VERSION_NUMBER"):
        tls_connection(small)
    answer = requests.get(f"http://127.0.0.1:{https_port(small)}/", headers={"Host": HOST}, timeout=5)
    assert answer.status_code == 403


def test_silence_takes_connections_and_says_nothing(small: RunningSimulator, control: Control) -> None:
    control(small, "PUT", "/faults/silence", {"host": HOST}).raise_for_status()
    with socket.create_connection(("127.0.0.1", https_port(small)), 5) as plain:
        plain.settimeout(0.3)
        context = ssl.create_default_context(cafile=small.ready["ca_file"])
        with pytest.raises(TimeoutError):
            context.wrap_socket(plain, server_hostname=HOST)


def test_a_handshake_can_be_reset(small: RunningSimulator, control: Control) -> None:
    control(small, "PUT", "/faults/handshake-reset", {"times": 1}).raise_for_status()
    with pytest.raises(ConnectionResetError):
        tls_connection(small)
    tls_connection(small).close()


def test_a_client_without_tls_is_reset_and_harms_nobody(small: RunningSimulator) -> None:
    with socket.create_connection(("127.0.0.1", https_port(small)), 5) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            plain.recv(10)
    tls_connection(small).close()
