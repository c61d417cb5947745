"""A session in a Kerberos domain of its own: `python -m tests.exchange.kerberos_scenario FOLDER`.

libkrb5 reads its files by the environment of the process, so that this is one. It prints what came of each
step as JSON. In front of the simulated Exchange stands a server that takes tickets and nothing else.
"""

import base64
import contextlib
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests
import spnego
from spnego.exceptions import SpnegoError

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Detour, NetworkRoute, Scheme
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.simulator import RunningSimulator, start
from tests.causes.https_servers import identity
from tests.exchange.site import CONTOSO, Site

ANNA = "anna@contoso.example"
REALM = "CONTOSO.EXAMPLE"
HOSTS = ("mail.contoso.example", "autodiscover.contoso.example", "other.contoso.example")
PASSWORD = "of-the-domain-1"


class Domain:
    """A domain controller with one user and one web service."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        os.environ |= {
            "KRB5_CONFIG": str(folder / "krb5.conf"),
            "KRB5_KDC_PROFILE": str(folder / "kdc.conf"),
            "KRB5CCNAME": f"FILE:{folder / 'tickets'}",
            "KRB5_KTNAME": f"FILE:{folder / 'keytab'}",
            "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
        }
        (folder / "krb5.conf").write_text(
            f"[libdefaults]\n default_realm = {REALM}\n dns_lookup_kdc = false\n rdns = false\n"
            " dns_canonicalize_hostname = false\n udp_preference_limit = 1\n"
            f"[realms]\n {REALM} = {{\n  kdc = 127.0.0.1:{port}\n }}\n"
            f"[domain_realm]\n .contoso.example = {REALM}\n"
        )
        (folder / "kdc.conf").write_text(
            f'[kdcdefaults]\n kdc_listen = ""\n kdc_tcp_listen = 127.0.0.1:{port}\n'
            f"[realms]\n {REALM} = {{\n  database_name = {folder}/principal\n"
            f"  key_stash_file = {folder}/stash\n }}\n[logging]\n kdc = FILE:{folder}/kdc.log\n"
        )
        self._port = port
        _run("kdb5_util", "create", "-s", "-P", "master", "-r", REALM)
        for question in (
            f"addprinc -pw {PASSWORD} anna",
            "addprinc -randkey HTTP/mail.contoso.example",
            "addprinc -randkey HTTP/autodiscover.contoso.example",
            f"ktadd -k {folder / 'keytab'} HTTP/mail.contoso.example",
        ):
            _run("kadmin.local", "-q", question)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        controller = subprocess.Popen(["krb5kdc", "-n"], stdout=sys.stderr)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                    break
                time.sleep(0.05)
            yield
        finally:
            controller.terminate()
            controller.wait(10)


class TicketDoor(ThreadingHTTPServer):
    """Takes tickets for `mail.contoso.example` and asks the simulated Exchange in its holder's place."""

    def __init__(self, simulator: RunningSimulator, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        own = identity(folder, names=HOSTS)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(own.chain)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.authority = own.authority
        self.simulator = simulator
        self.holders: set[str] = set()
        self.other_credentials: list[str] = []


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TicketDoor

    def setup(self) -> None:
        super().setup()
        self._in = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        if scheme == "Negotiate":
            self._take(base64.b64decode(token))
        elif scheme:
            self.server.other_credentials.append(scheme)
        if not self._in:
            self._say(401, b"", ("WWW-Authenticate", "Negotiate"))
            return
        ready = self.server.simulator.ready
        password = next(box["password"] for box in ready["mailboxes"] if box["email"] == ANNA)
        told = requests.post(
            f"{ready['https']}/EWS/Exchange.asmx",
            data=body,
            headers={"Content-Type": "text/xml"},
            auth=(ANNA, password),
            verify=ready["ca_file"],
            timeout=20,
        )
        self._say(told.status_code, told.content, ("Content-Type", "text/xml"))

    def _take(self, token: bytes) -> None:
        if token.startswith(b"NTLMSSP"):
            return
        accepting = spnego.server(hostname="mail.contoso.example", service="HTTP", protocol="kerberos")
        # The library stumbles over a ticket for a name whose key it doesn't have.
        with contextlib.suppress(SpnegoError, AttributeError):
            accepting.step(token)
            self.server.holders.add(str(accepting.client_principal))
            self._in = True

    def _say(self, status: int, body: bytes, header: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main(folder: Path) -> None:
    domain = Domain(folder)
    with start() as simulator:
        door = TicketDoor(simulator, folder)
        threading.Thread(target=door.serve_forever, daemon=True).start()
        print(json.dumps(_steps(domain, door, Site(simulator))))
        door.shutdown()


def _steps(domain: Domain, door: TicketDoor, site: Site) -> dict[str, object]:
    port = door.server_address[1]
    route = NetworkRoute(
        ca_file=door.authority, detours=tuple(Detour(host, 443, "127.0.0.1", port) for host in HOSTS)
    )
    told: dict[str, object] = {}
    with domain.running():
        told["schemes"] = list(ExchangeDiscovery().probe(CONTOSO, route, Cancellation()).schemes)
        told["without a ticket"] = _opened(site, route)
        _run("kinit", "anna", said=f"{PASSWORD}\n")
        told["calendars"] = _opened(site, route)
        told["who"] = ", ".join(door.holders)
        told["other credentials"] = door.other_credentials
        told["another name"] = _opened(site, route, host="other")
        told["turned down"] = _opened(site, route, host="autodiscover")
    _run("kdestroy")
    with domain.running():
        _run("kinit", "anna", said=f"{PASSWORD}\n")
    told["no domain controller"] = _opened(site, route)
    return told


def _opened(site: Site, route: NetworkRoute, host: str = "mail") -> object:
    access = replace(
        site.access(ANNA, Scheme.KERBEROS, route=route),
        ews_url=f"https://{host}.contoso.example/EWS/Exchange.asmx",
    )
    try:
        gateway = ExchangeOpener().open(access, Secret("never sent"), Cancellation())
    except ProblemError as error:
        return error.problem.code
    try:
        return sorted(calendar.name for calendar in gateway.calendars())
    finally:
        gateway.close()


def _run(*command: str, said: str = "") -> None:
    subprocess.run(command, input=said, text=True, stdout=sys.stderr, check=True, timeout=20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
