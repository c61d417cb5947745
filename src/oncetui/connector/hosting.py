"""The connector inside another program: it runs here while nobody else runs it."""

import threading
from contextlib import AbstractContextManager

from oncetui.connector.connector import Connector
from oncetui.connector.telling import telling
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile

ASK_AGAIN_SECONDS = 1.0
STOP_WITHIN_SECONDS = 2.0


class ConnectorHost:
    """Runs the profile's connector in a thread of its own, and takes over when another process ends its.

    `failure` holds what ended the connector: a problem of this computer, after which it starts anew, or a
    fault of ours, which ends the thread.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._cancellation = Cancellation()
        self._thread = threading.Thread(target=self._work, name="connector", daemon=True)
        self._holding = threading.Event()
        self._knows = threading.Event()
        self._connector: Connector | None = None
        self.failure: Exception | None = None

    @property
    def hosting(self) -> bool:
        """Whether the connector runs in this process at the moment."""
        return self._holding.is_set()

    @property
    def starting(self) -> bool:
        """Whether the connector will run in this process in a moment, as far as is known."""
        return not self._knows.is_set() or self.hosting

    @property
    def live(self) -> CalendarGateway | None:
        """The connector's open gateway, None where it runs elsewhere or has no connection now."""
        connector = self._connector
        return None if connector is None else connector.live

    def start(self) -> None:
        """Start the thread; it returns at once."""
        self._thread.start()

    def stop(self, within: float = STOP_WITHIN_SECONDS) -> bool:
        """End the connector and tell whether its thread ended within that many seconds."""
        self._cancellation.cancel()
        if self._thread.ident is not None:
            self._thread.join(within)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            while not self._cancellation.cancelled:
                held = self._profile.lock.take()
                if held is not None:
                    self._run(held)
                self._knows.set()
                self._profile.clock.wait(self._cancellation.event, ASK_AGAIN_SECONDS)
        except Exception as error:  # noqa: BLE001 - kept for whoever shows it; a traceback would tear the screen
            self.failure = error
        finally:
            self._knows.set()

    def _run(self, held: AbstractContextManager[None]) -> None:
        with held:
            self._holding.set()
            try:
                self._connector = Connector(self._profile)
                with telling(self._profile):
                    self._connector.run(self._cancellation)
            except ProblemError as error:
                # Of this computer, such as a full disk: it may pass, and pages close meanwhile by themselves.
                self.failure = error
            finally:
                self._connector = None
                self._holding.clear()
