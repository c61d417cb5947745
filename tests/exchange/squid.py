"""A real squid from Debian, on a free port of this machine, with a configuration of its own."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from oncetui.simulator.web.authority import Issued

PROXY_USER = "proxy-anna"
PROXY_PASSWORD = "Fünf Kanäle 5"
NCSA = Path("/usr/lib/squid/basic_ncsa_auth")
SECONDS = 20.0
_USUAL = """
pid_filename none
cache_log {folder}/log/cache.log
logformat seen %Ss/%03>Hs %rm %ru %un
access_log stdio:{folder}/log/access.log logformat=seen
cache deny all
coredump_dir none
pinger_enable off
visible_hostname localhost
shutdown_lifetime 0 seconds
"""
_WITH_SIGN_IN = """
auth_param basic program {ncsa} {folder}/users
auth_param basic utf8 on
auth_param basic realm proxy
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
"""
_WITH_NTLM_ALONE = """
auth_param ntlm program /usr/lib/squid/ntlm_fake_auth
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
"""


@dataclass(frozen=True)
class Squid:
    """A running squid."""

    url: str
    folder: Path

    def mark(self) -> int:
        """Return how many lines its log has, once everything that it answered until now stands there."""
        marker = f"http://marker-{time.monotonic_ns()}.invalid/"
        where = urlsplit(self.url)
        with socket.create_connection((where.hostname or "", where.port or 0), SECONDS) as asking:
            asking.sendall(f"GET {marker} HTTP/1.0\r\n\r\n".encode())
            while asking.recv(4096):
                pass
        deadline = time.monotonic() + SECONDS
        while not any(marker in line for line in self._lines()):
            assert time.monotonic() < deadline, "squid never noted the request"
            time.sleep(0.01)
        return len(self._lines())

    def refusals_since(self, mark: int) -> int:
        """How many requests came with a user name and were turned down."""
        lines = self._lines()[mark : self.mark()]
        return sum("/407 " in line and not line.endswith(" -") for line in lines)

    def _lines(self) -> list[str]:
        path = self.folder / "log" / "access.log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@contextlib.contextmanager
def squid(
    *, sign_in: bool = False, ntlm_alone: bool = False, certificate: Issued | None = None
) -> Iterator[Squid]:
    """Run a squid that lets everybody through, or those who sign in; with a certificate it speaks TLS."""
    program = shutil.which("squid", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    openssl = shutil.which("openssl")
    if program is None or openssl is None or not NCSA.exists():
        pytest.skip("squid is not installed: make system-packages")
    # Squid leaves root for a user of its own, who could not read pytest's folders.
    with tempfile.TemporaryDirectory(prefix="squid-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "log").mkdir()
        (folder / "log").chmod(0o777)
        hashed = subprocess.run(
            [openssl, "passwd", "-apr1", PROXY_PASSWORD], capture_output=True, text=True, check=True
        ).stdout
        (folder / "users").write_text(f"{PROXY_USER}:{hashed}")
        port = _free_port()
        (folder / "squid.conf").write_text(
            _port_line(port, folder, certificate)
            + _USUAL.format(folder=folder)
            + _access(folder, sign_in=sign_in, ntlm_alone=ntlm_alone)
        )
        running = subprocess.Popen(
            [program, "-N", "-f", str(folder / "squid.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port, running, folder)
            yield Squid(f"{'http' if certificate is None else 'https'}://127.0.0.1:{port}", folder)
        finally:
            running.kill()  # asked politely it takes a second; its helpers end with it
            running.wait(SECONDS)


def _access(folder: Path, *, sign_in: bool, ntlm_alone: bool) -> str:
    if ntlm_alone:
        return _WITH_NTLM_ALONE
    return _WITH_SIGN_IN.format(folder=folder, ncsa=NCSA) if sign_in else "http_access allow all\n"


def _port_line(port: int, folder: Path, certificate: Issued | None) -> str:
    if certificate is None:
        return f"http_port 127.0.0.1:{port}\n"
    (folder / "proxy.pem").write_bytes(certificate.pem + certificate.key_pem)
    return f"https_port 127.0.0.1:{port} tls-cert={folder}/proxy.pem\n"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _wait_for(port: int, running: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while running.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    log = folder / "log" / "cache.log"
    pytest.fail(f"squid does not answer: {log.read_text() if log.exists() else 'it left no log'}")
