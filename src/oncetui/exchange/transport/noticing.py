"""What connections and answers tell of the way by the by."""

import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from oncetui.exchange.transport.phases import Phase
from oncetui.exchange.transport.shown_certificate import sha256_of
from oncetui.model.way_taken import CLOCK_MAY_DIFFER, WayTaken

_STEADY_SECONDS = 45


class Noticed:
    """Gathers it for one transport, whose requests all go to one server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._certificate: bytes | None = None
        self._ahead = 0.0
        self._silent_ipv6: str | None = None

    @property
    def way(self) -> WayTaken:
        """What was noticed last."""
        with self._lock:
            shown = None if self._certificate is None else sha256_of(self._certificate)
            off = abs(self._ahead)
            minutes = round(off / 60) if off > CLOCK_MAY_DIFFER else 0
            return WayTaken(shown, minutes, self._silent_ipv6)

    def watch(self, _host: str, _port: int, phase: Phase, address: str) -> None:
        """Take in how far a connection has come."""
        with self._lock:
            if phase is Phase.CONNECTING:
                self._silent_ipv6 = None
            elif phase is Phase.WITHOUT_IPV6:
                self._silent_ipv6 = address

    def answered(self, date: str | None, certificate: bytes | None) -> None:
        """Take in an answer that just came: its Date header, and the certificate of its connection in DER.

        A difference that stays within a minute is the same one: what is told of it doesn't flicker.
        """
        ahead = seconds_ahead(date, datetime.now(UTC))
        with self._lock:
            self._certificate = certificate or self._certificate
            if ahead is not None and abs(ahead - self._ahead) > _STEADY_SECONDS:
                self._ahead = ahead


def seconds_ahead(date: str | None, now: datetime) -> float | None:
    """Return how far the clock of a Date header is ahead of `now`, None where it tells no time."""
    try:
        return (parsedate_to_datetime(date or "") - now).total_seconds()
    except (ValueError, TypeError):
        return None
