"""Which certificates are trusted: the system's authorities, a CA file beside them, pins."""

import hmac
import ssl
import threading
from pathlib import Path

import truststore

from oncetui.exchange.transport.failures import CaFileUnreadableError, PinnedCertificateChangedError
from oncetui.exchange.transport.shown_certificate import certificate_in
from oncetui.model.pins import fingerprint


class Trust:
    """Makes TLS contexts, one a host, and checks pins before anything is sent.

    One context a host, since truststore lets one handshake at a time through each: a host that stays silent
    would hold the others up.
    """

    def __init__(self, ca_file: Path | None, pins: tuple[tuple[str, str], ...]) -> None:
        self._ca_file = ca_file
        self._pins = {host.lower(): _digest(pin) for host, pin in pins if pin}
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def context_for(self, host: str) -> ssl.SSLContext:
        """Return the context for a host; raise `CaFileUnreadableError` where the CA file is at fault."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._unchecked() if host.lower() in self._pins else self._chained()
            return self._contexts[host]

    def looking(self) -> ssl.SSLContext:
        """Return a context that checks nothing, to look at a certificate and hang up without a word."""
        return self._unchecked()

    def check_pin(self, host: str, secured: ssl.SSLSocket | ssl.SSLObject) -> None:
        """Raise `PinnedCertificateChangedError` where the host is pinned to another certificate."""
        pin = self._pins.get(host.lower())
        if pin is None:
            return
        shown = certificate_in(secured)
        if not hmac.compare_digest(fingerprint(pin), shown.sha256):
            raise PinnedCertificateChangedError(host, fingerprint(pin), shown)

    def _chained(self) -> ssl.SSLContext:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self._ca_file is not None:
            try:
                context.load_verify_locations(cafile=str(self._ca_file))
            except OSError as error:
                raise CaFileUnreadableError(self._ca_file, _reason(error)) from error
        return context

    def _unchecked(self) -> ssl.SSLContext:
        # For a pinned host equality with one certificate, checked in `check_pin`, is stricter than any chain.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


def _digest(pin: str) -> str:
    return pin.replace(":", "").strip().lower()


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return "It holds no certificate in PEM form."
    return error.strerror or type(error).__name__
