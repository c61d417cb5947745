"""The whole of a profile's status at one moment, for the console and for `status`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from oncetui.model.accepting import ClosedReason
from oncetui.model.calendars import Calendar
from oncetui.model.connection import ConnectionSettings, SyncMode
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem, Who
from oncetui.model.schedule import AUTO_SYNC, is_fresh
from oncetui.model.state import ConnectionRecord, State
from oncetui.model.sync import SyncInEffect

SCHEMA = 1


@dataclass(frozen=True)
class Protection:
    """How a kept password is protected; `unattended` tells whether it is read without a person."""

    kept_in: str
    unattended: bool
    sentence: str


@dataclass(frozen=True)
class Heartbeat:
    """A running connector: its process, when that started, when it was last seen; times in UTC.

    `sync` is how it learns of changes at the moment, None while it asks no server.
    """

    pid: int
    started: datetime
    seen: datetime
    sync: SyncInEffect | None = None


@dataclass(frozen=True)
class PageStatus:
    """A booking page: why it is closed, or, in UTC, the first time that can be booked where there is one."""

    page: BookingPage
    closed: ClosedReason | None
    next_free: datetime | None = None

    @property
    def accepting(self) -> bool:
        """Whether the page takes bookings at this moment."""
        return self.closed is None


@dataclass(frozen=True)
class Status:
    """What `status` and the console tell; worked out from what is kept and the clock.

    `home` is the folder that `--home` named, to be repeated in the commands that are told.
    """

    profile: str
    now: datetime
    record: ConnectionRecord
    settings: ConnectionSettings | None
    protection: Protection | None
    attempt: bool
    pages: tuple[PageStatus, ...]
    calendars: tuple[Calendar, ...]
    connector: Heartbeat | None
    effective_mode: SyncMode | None = None
    mode_reason: str | None = None
    warnings: tuple[Problem, ...] = ()
    home: str | None = None

    @property
    def closed_pages(self) -> int:
        """How many pages take no bookings."""
        return sum(not page.accepting for page in self.pages)

    @property
    def next_check(self) -> datetime | None:
        """When the server is asked again, None where nobody will."""
        record = self.record
        if record.next_try is not None or record.state is not State.CONNECTED:
            return record.next_try
        if self.connector is None or record.last_success is None:
            return None
        sync = self.connector.sync
        return record.last_success + (AUTO_SYNC if sync is None else sync.period)

    @property
    def exit_code(self) -> int:
        """The exit code of `status`: 0 good, 3 temporary, 4 the user, 5 IT, 6 without a connection."""
        return {
            State.CONNECTED: 0,
            State.INTERRUPTED: 3,
            State.FAILED_USER: 4,
            State.FAILED_IT: 5,
            State.NOT_CONNECTED: 6,
            State.DISCONNECTED: 6,
        }[self.record.state]

    def as_json(self) -> dict[str, Any]:
        """Return the status object of the command line contract."""
        return {
            "schema": SCHEMA,
            "profile": self.profile,
            "state": self.record.state.public,
            "attempt": self.attempt,
            "since": utc_text(self.record.since),
            "mailbox": None if self.settings is None else self.settings.mailbox,
            "server": None if self.settings is None else _server(self.settings),
            "secret": None if self.protection is None else _secret(self.protection),
            "sync": None if self.settings is None else self._sync(self.settings),
            "problem": None if self.record.problem is None else self.record.problem.as_json(),
            "warnings": [problem.as_json() for problem in self.warnings],
            "pages": [_page(page) for page in self.pages],
            "calendars": [self._calendar(calendar) for calendar in self.calendars],
            "connector": {
                "running": self.connector is not None,
                "pid": None if self.connector is None else self.connector.pid,
            },
        }

    def _sync(self, settings: ConnectionSettings) -> dict[str, Any]:
        return {
            "mode": str(settings.sync_mode),
            "effective_mode": None if self.effective_mode is None else str(self.effective_mode),
            "reason": self.mode_reason,
            "last_success": utc_text(self.record.last_success),
            "next": utc_text(self.next_check),
        }

    def _calendar(self, calendar: Calendar) -> dict[str, Any]:
        return {
            "id": calendar.id,
            "name": calendar.name,
            "writable": calendar.writable,
            "fresh": calendar.unreadable is None and is_fresh(calendar.read_at, self.now),
        }


def exit_code_of(problem: Problem) -> int:
    """Return the exit code that says whose turn it is: 3 temporary, 4 the user, 5 IT."""
    return {Who.RETRY: 3, Who.USER: 4, Who.IT: 5}[problem.who]


def utc_text(moment: datetime | None) -> str | None:
    """Return a time as the contract writes it: UTC, whole seconds, `2026-03-01T09:30:00Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _server(settings: ConnectionSettings) -> dict[str, Any]:
    return {
        "kind": "exchange",
        "ews_url": settings.ews_url,
        "version": settings.server.build,
        "sign_in": str(settings.sign_in.scheme),
        "username_form": str(settings.sign_in.form),
    }


def _secret(protection: Protection) -> dict[str, Any]:
    return {
        "kept_in": protection.kept_in,
        "unattended": protection.unattended,
        "protection": protection.sentence,
    }


def _page(status: PageStatus) -> dict[str, Any]:
    closed = status.closed
    return {
        "page": status.page.id,
        "name": status.page.name,
        "accepting": status.accepting,
        "closed_reason": None if closed is None else {"code": closed.code, "text": closed.text},
    }
