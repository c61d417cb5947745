"""A signed-in way to the calendars of one mailbox."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from oncetui.exchange.faults.answer_errors import ResponseCodeError
from oncetui.exchange.faults.circumstances import using
from oncetui.exchange.faults.telling import TROUBLE, told_as_problem
from oncetui.exchange.listening import USUAL, Patience, leave, listen, problem_of_stream
from oncetui.exchange.operations.find_calendars import own_calendars, shared_calendars
from oncetui.exchange.operations.find_items import FindItem
from oncetui.exchange.operations.find_stamped import stamped_events
from oncetui.exchange.operations.free_busy import GetUserAvailability
from oncetui.exchange.operations.named_events import named_events
from oncetui.exchange.operations.password_expiry import GetPasswordExpirationDate
from oncetui.exchange.operations.proof import first_event
from oncetui.exchange.operations.read_view import CalendarView
from oncetui.exchange.operations.subscribe import Subscribe
from oncetui.exchange.operations.sync_changes import SyncFolderItems, changes_since
from oncetui.exchange.operations.write_event import CreateItem, DeleteItem, UpdateItem
from oncetui.exchange.probing import probe_server
from oncetui.exchange.series.whole_view import Expansion, busy_time
from oncetui.exchange.session import MailboxAccount
from oncetui.exchange.signing_in.latch import Latch
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.transport import Transport
from oncetui.model.booked_events import BookedEvent, NamedEvent, StampedEvent
from oncetui.model.calendars import BusyBlock, Calendar, Changes, FoundCalendar, Proof, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, Scheme, ServerFacts
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE
from oncetui.model.problems.sign_in import (
    MODERN_SIGN_IN_ONLY,
    NO_SCHEME,
    PASSWORD_CHANGED,
    SCHEME_SWITCHED_OFF,
)
from oncetui.model.stamps import Stamp
from oncetui.model.way_taken import WayTaken

_CHANGED_MEANWHILE = (
    "ErrorIrresolvableConflict",
    "ErrorStaleObject",
    "ErrorChangeKeyRequiredForWriteOperations",
)
_NO_PASSWORD_WANTED = (NO_SCHEME.code, MODERN_SIGN_IN_ONLY.code)


class ExchangeGateway:
    """The calendars of one mailbox on an Exchange server; `CalendarGateway` over EWS.

    `listed` are the calendars that opening it has read already: they are handed out once.
    """

    def __init__(
        self,
        access: Access,
        account: MailboxAccount,
        transport: Transport,
        latch: Latch,
        listed: tuple[FoundCalendar, ...],
        *,
        patience: Patience = USUAL,
    ) -> None:
        self._access = access
        self._account = account
        self._transport = transport
        self._latch = latch
        self._patience = patience
        self._listed: tuple[FoundCalendar, ...] | None = listed
        self._lock = threading.Lock()
        self._expansion = Expansion()

    @property
    def server(self) -> ServerFacts:
        """What the server told of itself."""
        return self._account.server

    @property
    def way(self) -> WayTaken:
        """What was seen of the way to the server by the by."""
        return self._transport.way

    @property
    def address(self) -> str:
        """The mailbox's main address."""
        return self._account.primary_smtp_address

    def calendars(self, shared: Iterable[str] = ()) -> tuple[FoundCalendar, ...]:
        """List the mailbox's calendars, and the default ones of the given addresses.

        Raises `ProblemError` where one of the addresses can't be opened, and names it.
        """
        with self._lock:
            own, self._listed = self._listed, None
        if own is None:
            with self._told():
                own = own_calendars(self._account)
        theirs: list[FoundCalendar] = []
        for address in shared:
            with self._told(address):
                theirs += shared_calendars(self._account, [address])
        return (*own, *theirs)

    def password_expires(self) -> datetime | None:
        """Return when the password that signed in runs out, in UTC; None for never and for not told."""
        with self._told():
            return GetPasswordExpirationDate(account=self._account).of_the_caller()

    def busy_time(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[BusyBlock, ...]:
        """Return every event of the window, Free ones included, occurrences expanded."""
        with self._told(calendar.name):
            if calendar.owner is not None and not calendar.full_read:
                return GetUserAvailability(account=self._account).of(calendar.owner, window)
            return busy_time(self._account, self._expansion, calendar.key, window)

    def changes(
        self,
        calendar: FoundCalendar | Calendar,
        cursor: str | None,
        window: Window,  # noqa: ARG002  # EWS binds a cursor to no window
        reached: Callable[[str], None] = lambda _cursor: None,
    ) -> Changes:
        """Tell whether anything changed since the cursor; without one, or with a lost one, everything did."""
        if not calendar.full_read:
            return Changes(None, everything=True)
        with self._told(calendar.name):
            return changes_since(SyncFolderItems(account=self._account), calendar.key, cursor, reached)

    def proof(self, calendar: FoundCalendar | Calendar, window: Window) -> Proof | None:
        """Return the first event that starts in the window, with its subject, to be shown once."""
        with self._told(calendar.name):
            return first_event(CalendarView(account=self._account), calendar.key, window)

    def named_events(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[NamedEvent, ...]:
        """Return the events of a window with their subjects, to be shown and never kept."""
        with self._told(calendar.name):
            return named_events(CalendarView(account=self._account), calendar.key, window)

    def stamped_events(
        self, calendar: FoundCalendar | Calendar, prefix: str, since: datetime | None = None
    ) -> tuple[StampedEvent, ...]:
        """Return the events whose stamp begins with the prefix; with `since` those that end after it."""
        with self._told(calendar.name):
            return stamped_events(FindItem(account=self._account), calendar.key, prefix, since)

    def create_event(self, calendar: FoundCalendar | Calendar, event: BookedEvent) -> str:
        """Create an event and return its id; after any `ProblemError` only the stamp tells if it was."""
        with self._told(calendar.name):
            return CreateItem(account=self._account).event(calendar.key, event)

    def change_event(
        self, calendar: FoundCalendar | Calendar, found: StampedEvent, event: BookedEvent
    ) -> None:
        """Give a found event its new fields, unless it was changed since it was found."""
        with self._told(calendar.name), self._of_one_event(calendar.name):
            UpdateItem(account=self._account).event(found, event)

    def take_over_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent, stamp: Stamp) -> None:
        """Give a found event another stamp, unless it was changed since it was found; nobody is told."""
        with self._told(calendar.name), self._of_one_event(calendar.name):
            UpdateItem(account=self._account).stamp(found, stamp)

    def cancel_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent) -> None:
        """Move a found event to Deleted Items; an invited customer is sent the cancellation."""
        with self._told(calendar.name), self._of_one_event(calendar.name):
            DeleteItem(account=self._account).event(found)

    def watch(
        self,
        calendars: Sequence[FoundCalendar | Calendar],
        heard: Callable[[frozenset[str]], None],
        cancellation: Cancellation,
    ) -> None:
        """Listen by an event stream on a connection of its own, which the secret's latch signs in too.

        The server is told where the listening is cancelled, by a connection that is open anyway.
        """
        transport = Transport(self._access.route, self._transport.trace)
        account = self._account.by(transport)
        keys = [calendar.key for calendar in calendars]
        try:
            with (
                self._transport.lifeline.waking(transport.abort),
                cancellation.waking(transport.abort),
                self._told(lifeline=transport.lifeline),
            ):
                subscription = Subscribe(account=account).to_folders(keys)
                try:
                    listen(account, transport.cut, subscription, heard, self._patience)
                finally:
                    if cancellation.cancelled:
                        leave(self._account.beside(account), subscription)
        except ProblemError as error:
            raise problem_of_stream(error, using(self._access).host) from error
        finally:
            transport.abort()
            account.protocol.close()

    def close(self) -> None:
        """Cut every connection at once; whatever still waits ends as cancelled."""
        self._transport.abort()
        self._account.protocol.close()

    @contextlib.contextmanager
    def _told(self, calendar: str | None = None, lifeline: Lifeline | None = None) -> Iterator[None]:
        at = replace(using(self._access), calendar=calendar)
        try:
            with told_as_problem(at, lifeline or self._transport.lifeline):
                yield
        except ProblemError as error:
            if error.secret_refused:
                raise self._after_refusal(error) from error
            raise

    @contextlib.contextmanager
    def _of_one_event(self, calendar: str) -> Iterator[None]:
        try:
            yield
        except ResponseCodeError as error:
            if error.code == "ErrorItemNotFound":
                cause = EVENT_GONE
            elif error.code in _CHANGED_MEANWHILE:
                cause = EVENT_CHANGED
            else:
                raise
            raise ProblemError(cause.problem(calendar=calendar, response_code=error.code)) from error

    def _after_refusal(self, refusal: ProblemError) -> ProblemError:
        """Decide what a 401 means that comes after the same password was good: one probe tells.

        Where it is about the password, the latch keeps that from being sent again. So it does where the
        probe finds nobody to ask: another attempt could lock the account.
        """
        at = using(self._access)
        with told_as_problem(at, self._transport.lifeline):
            try:
                probe = probe_server(self._access.ews_url, self._transport)
            except ProblemError as problem:
                if problem.problem.code not in _NO_PASSWORD_WANTED:
                    return self._password_changed(refusal)
                self._latch.reopen()
                return problem
            except TROUBLE:
                self._transport.lifeline.raise_if_aborted()
                return self._password_changed(refusal)
        scheme = self._access.sign_in.scheme
        if scheme not in probe.schemes and (self._account.behind_proxy or not probe.via_proxy):
            offered = ", ".join(probe.offered) or None
            switched_off = SCHEME_SWITCHED_OFF.problem(host=at.host, scheme=scheme, offered=offered)
            self._latch.reopen()
            return ProblemError(switched_off)
        if not is_about_the_password(scheme, probe, self._account.behind_proxy):
            self._latch.reopen()
            return ProblemError(NO_SCHEME.problem(host=at.host))
        return self._password_changed(refusal)

    def _password_changed(self, refusal: ProblemError) -> ProblemError:
        at = using(self._access)
        bound_to = dict(refusal.problem.evidence).get("sha256")
        changed = PASSWORD_CHANGED.problem(host=at.host, username=at.username, sha256=bound_to)
        return ProblemError(changed, secret_refused=True)


def is_about_the_password(scheme: Scheme, probe: ServerProbe, behind_proxy: bool) -> bool:  # noqa: FBT001  # a fact like the others
    """Tell whether a refusal of a password that was good is one of the password itself.

    It is where the server offers its schemes as before. A scheme that is gone, or marks of a proxy that had
    not been on the way, mean that something strips them (`diagnosis` 45).
    """
    return scheme in probe.schemes and (behind_proxy or not probe.via_proxy)
