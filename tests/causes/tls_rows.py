"""Certificates and handshakes."""

import socket
from dataclasses import replace

from oncetui.model.connection import Detour
from oncetui.model.problem import Problem
from tests.causes.https_servers import https_saying, identity, secured
from tests.causes.producing import (
    IT,
    USER,
    Played,
    Said,
    https_port,
)
from tests.causes.row import HOST, Row, Stage
from tests.exchange.servers import serving


def _inspected(stage: Stage) -> Problem:
    own = identity(stage.folder, "Zscaler Intermediate Root CA")
    with https_saying(b"", own) as port:
        return stage.probed(stage.at_port(port))


def _no_common_cipher(stage: Stage) -> Problem:
    own = identity(stage.folder)
    # A certificate of elliptic curves can't serve a cipher that wants RSA.
    with serving(secured(lambda _: None, own, ciphers="ECDHE-RSA-AES128-GCM-SHA256")) as port:
        return stage.probed(stage.at_port(port, own.authority))


def _certificate_wanted(stage: Stage) -> Problem:
    own = identity(stage.folder)

    def speech(connection: socket.socket) -> None:
        connection.recv(1)

    with serving(secured(speech, own, wants_certificate=True)) as port:
        return stage.probed(stage.at_port(port, own.authority))


def _ca_file_absent(stage: Stage) -> Problem:
    return stage.probed(replace(stage.site.route, ca_file=stage.folder / "absent.pem"))


def _ca_file_empty(stage: Stage) -> Problem:
    path = stage.folder / "company-ca.pem"
    path.write_text("no certificate")
    return stage.probed(replace(stage.site.route, ca_file=path))


def _another_pin(stage: Stage) -> Problem:
    return stage.probed(replace(stage.site.route, pins=((HOST, "0" * 64),)))


def _another_name(stage: Stage) -> Problem:
    detour = Detour("other.contoso.example", 443, "127.0.0.1", https_port(stage))
    route = replace(stage.site.route, detours=(*stage.site.detours, detour))
    return stage.probed(route, "https://other.contoso.example/EWS/Exchange.asmx")


TLS_ROWS = (
    Row(
        "22",
        "certificate-untrusted",
        USER,
        "a self-signed certificate",
        "Ask IT",
        Played("certificate-self-signed"),
    ),
    Row(
        "22",
        "certificate-untrusted",
        USER,
        "an unknown authority",
        "Ask IT",
        Played("certificate-unknown-authority"),
    ),
    Row("22", "certificate-changed", USER, "another certificate than the pinned one", "Ask IT", _another_pin),
    Row(
        "23",
        "certificate-expired",
        IT,
        "a certificate of last month",
        "Ask IT to renew",
        Played("certificate-expired"),
    ),
    Row(
        "23",
        "certificate-not-yet-valid",
        IT,
        "a certificate of tomorrow",
        "Check this computer's clock",
        Played("certificate-not-yet-valid"),
    ),
    Row(
        "24",
        "certificate-name",
        USER,
        "a certificate for another name",
        "Enter the EWS URL",
        Played("certificate-wrong-name"),
    ),
    Row(
        "24", "certificate-name", USER, "another name of the same server", "Enter the EWS URL", _another_name
    ),
    Row(
        "25",
        "certificate-chain",
        IT,
        "a server without its intermediate",
        "Ask IT to install",
        Played("certificate-missing-intermediate"),
    ),
    Row("26", "tls-inspection", USER, "a certificate made by an inspecting proxy", "Ask IT", _inspected),
    Row("27", "tls-too-old", IT, "a server of TLS 1.1", "Ask IT to enable TLS 1.2", Played("tls-1.1")),
    Row(
        "28",
        "client-certificate-wanted",
        IT,
        "a server that wants a client certificate",
        "Ask IT",
        _certificate_wanted,
    ),
    Row(
        "28",
        "client-certificate-wanted",
        IT,
        "403.7 of IIS",
        "Ask IT",
        Said("403 Forbidden", body="403.7: an SSL client certificate is required"),
    ),
    Row("28", "handshake-refused", IT, "no cipher in common", "Ask IT", _no_common_cipher),
    Row("29", "not-https", USER, "plain HTTP on the HTTPS port", "Correct the EWS URL", Played("plain-http")),
    Row(
        "30",
        "handshake-cut",
        IT,
        "a reset during the handshake",
        "Ask IT whether a firewall",
        Played("handshake-reset"),
    ),
    Row("", "ca-file-unreadable", USER, "a CA file that isn't there", "Give a file", _ca_file_absent),
    Row("", "ca-file-unreadable", USER, "a CA file without a certificate", "Give a file", _ca_file_empty),
)
