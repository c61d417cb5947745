"""The ways from the console to its other screens, and what they come back with."""

from oncetui.connector.free_events import coming_free_events
from oncetui.model.availability.slots import local_date
from oncetui.model.pages import BookingPage
from oncetui.model.ports import CalendarGateway, StateChange
from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.ui.console import why_not
from oncetui.ui.console.calendars import CalendarsScreen
from oncetui.ui.console.disconnect import RECONNECT_INSTEAD, DisconnectScreen
from oncetui.ui.console.explaining import ExplainScreen, Going
from oncetui.ui.console.new_page import NewPageScreen
from oncetui.ui.console.page_editor import PageEditorScreen
from oncetui.ui.console.pages import PageChosen, PagesScreen
from oncetui.ui.console.reconnect import ReconnectScreen
from oncetui.ui.console.times import LocalTime
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.ways import WayOut, command_for


class LeadingScreen(OurScreen[None]):
    """Opens the other screens of the console, or says why one can't be opened at this moment."""

    @property
    def status(self) -> Status | None:
        """What was told last, None before the first time."""
        raise NotImplementedError

    @property
    def history(self) -> tuple[StateChange, ...]:
        """The state changes that were told last."""
        raise NotImplementedError

    @property
    def time(self) -> LocalTime:
        """The present moment, in the zone that people read."""
        raise NotImplementedError

    def live(self) -> CalendarGateway | None:
        """Return the signed-in way to the calendars, None where the connector isn't in this console."""
        raise NotImplementedError

    def say(self, sentence: str, *, passing: bool = False) -> None:
        """Put a sentence on the message line."""
        raise NotImplementedError

    def read_now(self) -> object:
        """Read what is kept at this moment."""
        raise NotImplementedError

    def try_now(self) -> object:
        """Try at once to reach the server."""
        raise NotImplementedError

    def action_reconnect(self) -> None:
        """Ask for the password; while interrupted try at once, and without a connection go to the wizard."""
        status = self.status
        if self._cannot(why_not.reconnect(status, self.time)) or status is None:
            return
        match status.record.state:
            case State.NOT_CONNECTED | State.DISCONNECTED:
                self.our_app.open_wizard()
            case State.INTERRUPTED:
                self.say("Trying now…", passing=True)
                self.try_now()
            case _:
                self.app.push_screen(ReconnectScreen(status), self._say_result)

    def action_disconnect(self) -> None:
        """Tell what will be erased, and erase it once that is confirmed."""
        if not self._cannot(why_not.disconnect(self.status)):
            self.app.push_screen(DisconnectScreen(), self._after_disconnect)

    def action_calendars(self) -> None:
        """Choose the calendars of the booking pages."""
        status = self.status
        if not self._cannot(why_not.calendars(status)) and status is not None:
            pages = tuple(page.page for page in status.pages)
            self.app.push_screen(CalendarsScreen(pages, status.calendars, self.live), self._say_result)

    def action_new_page(self) -> None:
        """Make a booking page."""
        status = self.status
        if not self._cannot(why_not.new_page(status)) and status is not None:
            self.app.push_screen(NewPageScreen(status.calendars), self._say_result)

    def action_pages(self) -> None:
        """Choose a booking page to edit, or to see why its times are free or busy."""
        status = self.status
        if not self._cannot(why_not.pages(status)) and status is not None:
            self.app.push_screen(PagesScreen([page.page for page in status.pages]), self._go_on)

    def action_activity(self) -> None:
        """Show the bookings."""
        from oncetui.ui.console.activity.stream import ActivityScreen  # noqa: PLC0415  # not for the first paint

        if not self._cannot(why_not.activity(self.status)):
            self.app.push_screen(ActivityScreen(), self._after_activity)

    def action_book(self) -> None:
        """Take a time for a customer."""
        self.book(None)

    def book(self, page: BookingPage | None) -> None:
        """Take a time on a page for a customer, on the first one where none is named."""
        from oncetui.ui.console.activity.booking import BookScreen  # noqa: PLC0415  # not for the first paint

        status = self.status
        if not self._cannot(why_not.pages(status)) and status is not None:
            pages = [one.page for one in status.pages]
            self.app.push_screen(BookScreen(pages, page), self._say_result)

    def action_free_events(self) -> None:
        """List the events that don't block."""
        from oncetui.ui.console.free_events import FreeEventsScreen  # noqa: PLC0415  # not for the first paint

        if not self._cannot(why_not.free_events(self.status)):
            profile = self.services.profile
            self.app.push_screen(FreeEventsScreen(lambda: coming_free_events(profile, self.live())))

    def action_sync(self) -> None:
        """Choose how changes become known."""
        from oncetui.ui.console.sync import SyncScreen  # noqa: PLC0415  # seldom used

        status = self.status
        if self._cannot(why_not.sync(status)) or status is None or status.settings is None:
            return
        self.app.push_screen(SyncScreen(lambda: self.status, status.settings.sync_mode), self._say_result)

    def action_troubleshoot(self) -> None:
        """Say what is wrong, and go from there to the field at fault."""
        from oncetui.ui.troubleshoot.screen import Trouble, TroubleshootScreen  # noqa: PLC0415  # seldom used

        status, history = self.status, self.history
        if self._cannot(why_not.troubleshoot(status)) or status is None:
            return
        warning = next(iter(status.warnings), None)
        trouble = Trouble(
            problem=status.record.problem or warning,
            mailbox="" if status.settings is None else status.settings.mailbox,
            history=history,
            can_reconnect=status.settings is not None,
        )
        self.app.push_screen(TroubleshootScreen(trouble), self._after_troubleshoot)

    def _cannot(self, why: str | None) -> bool:
        self.say(why or "", passing=True)
        return why is not None

    def _say_result(self, sentence: str | None) -> None:
        self.say(sentence or "")
        if sentence:
            self.read_now()

    def _go_on(self, chosen: PageChosen | None) -> None:
        if chosen is None:
            return
        match chosen.doing:
            case "edit":
                self.app.push_screen(PageEditorScreen(chosen.page), self._say_result)
            case "why":
                day = local_date(chosen.page, self.time.now)
                self.app.push_screen(ExplainScreen(chosen.page, day, self.live), self._after_explaining)
            case "book":
                self.book(chosen.page)
            case _:
                self.action_new_page()

    def _after_explaining(self, result: Going | None) -> None:
        if result is not None and result.to == "calendars":
            self.action_calendars()
        elif result is not None:
            self.book(result.page)

    def _after_activity(self, result: str | None) -> None:
        if result == "book":
            self.action_book()

    def _after_disconnect(self, result: str | None) -> None:
        if result == RECONNECT_INSTEAD:
            self.action_reconnect()
        else:
            self._say_result(result)

    def _after_troubleshoot(self, way: WayOut | None) -> None:
        """Go to the field at fault, or say by which command it is changed."""
        status = self.status
        if way is None or status is None:
            return
        sentence = command_for(way.field)
        if way.field == "calendar":
            self.action_calendars()
        elif sentence is not None:
            self.say(sentence, passing=True)
        elif status.settings is None:
            self.our_app.open_wizard()
        else:
            self.app.push_screen(ReconnectScreen(status, way), self._say_result)
