"""What goes on behind the console, in threads: following the store, the connector, and what blocks."""

import asyncio
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from textual import work
from textual.message import Message

from oncetui.connector.connector import REFRESH
from oncetui.connector.hosting import ConnectorHost
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway, StateChange
from oncetui.model.problem import ProblemError
from oncetui.model.profile import run_command
from oncetui.model.status import Status
from oncetui.ui.console.following import REQUEST_LASTS, Told, follow, read_now
from oncetui.ui.console.leading import LeadingScreen
from oncetui.ui.console.times import LocalTime


class WorkingScreen(LeadingScreen):
    """Knows what was told last, and runs the connector while nobody else does.

    Its threads post `Told`, `Unreadable` and `Answered`; what they mean is the subclass's to show.
    """

    @dataclass
    class Answered(Message):
        """Something that a key began has ended, with a sentence."""

        sentence: str
        passing: bool = True

    def __init__(self) -> None:
        super().__init__()
        self.told: Told | None = None
        self._cancellation = Cancellation()
        self._host: ConnectorHost | None = None

    @property
    def status(self) -> Status | None:
        """What was told last, None before the first time."""
        return None if self.told is None else self.told.status

    @property
    def history(self) -> tuple[StateChange, ...]:
        """The state changes that were told last."""
        return () if self.told is None else self.told.history

    @property
    def time(self) -> LocalTime:
        """The present moment, in the zone that people read."""
        profile = self.services.profile
        return LocalTime(profile.clock.now(), ZoneInfo(profile.time_zone))

    @property
    def starting(self) -> bool:
        """Whether the connector will run here in a moment, as far as is known."""
        return self._host is not None and self._host.starting

    @property
    def hosting(self) -> bool:
        """Whether the connector runs here."""
        return self._host is not None and self._host.hosting

    @property
    def hosts_failure(self) -> str:
        """Why the connector does not run here any more, empty where nothing befell it."""
        failure = None if self._host is None else self._host.failure
        if failure is None:
            return ""
        command = run_command(self.services.profile.name, self.services.profile.home)
        return f"The connector in this console failed ({type(failure).__name__}). Run: {command}"

    def live(self) -> CalendarGateway | None:
        """Return the signed-in way to the calendars, None where the connector isn't in this console."""
        return None if self._host is None else self._host.live

    def begin_to_work(self) -> None:
        """Follow the store, and run the connector where nobody else does."""
        self._host = ConnectorHost(self.services.profile)
        self._host.start()
        self._follow()

    async def on_unmount(self) -> None:
        """Stop following, and end the connector if it runs here."""
        self._cancellation.cancel()
        if self._host is not None:
            await asyncio.to_thread(self._host.stop)

    @work(thread=True, group="follow", description="following the store")
    def _follow(self) -> None:
        follow(self.services.profile, self._cancellation, self.post_message)

    @work(thread=True, group="read", description="reading what is kept")
    def read_now(self) -> None:
        """Read what is kept at this moment."""
        self.post_message(read_now(self.services.profile))

    @work(thread=True, group="try", exclusive=True, description="one try at once")
    def try_now(self) -> None:
        """Try at once to reach the server."""
        try:
            reconnect(self.services.profile, cancellation=self._cancellation)
        except ProblemError as error:
            self.post_message(self.Answered(f"Tried: {error.problem.what}"))
        except NothingToReconnectError as error:
            self.post_message(self.Answered(str(error)))
        except CancelledByUserError:
            return
        else:
            self.post_message(self.Answered("Tried: it answers again.", passing=False))

    @work(thread=True, group="request", description="a request to the connector")
    def ask_for_a_check(self) -> None:
        """Have whoever runs the connector check now."""
        profile = self.services.profile
        profile.commands.ask(REFRESH, profile.clock.now() + REQUEST_LASTS)
