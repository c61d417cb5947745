"""Looking at a certificate that failed its check, so that a person can be shown what it is."""

import threading
from collections.abc import Callable

from oncetui.exchange.transport.shown_certificate import ShownCertificate

MOST_NAMES_LOOKED_UP = 3


class Looking:
    """Looks at each host once for all connections of a transport.

    `look` connects and hangs up without a word; `resolves` tells whether a name can be reached.
    """

    def __init__(self, look: Callable[[str, int], ShownCertificate], resolves: Callable[[str], bool]) -> None:
        self._look = look
        self._resolves = resolves
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, int], tuple[ShownCertificate | None, str | None]] = {}

    def at(self, host: str, port: int) -> tuple[ShownCertificate | None, str | None]:
        """Return the certificate, and a name in it that can be reached where it lacks the host's own."""
        with self._lock:
            where = (host.lower(), port)
            if where not in self._seen:
                self._seen[where] = self._looked(host, port)
            return self._seen[where]

    def _looked(self, host: str, port: int) -> tuple[ShownCertificate | None, str | None]:
        try:
            shown = self._look(host, port)
        except OSError:
            # What is told then is why the check failed, which is known without it.
            return None, None
        if not shown.names or host.lower() in (name.lower() for name in shown.names):
            return shown, None
        likely = [name for name in shown.names if "*" not in name][:MOST_NAMES_LOOKED_UP]
        return shown, next((name for name in likely if self._resolves(name)), None)
