"""Rounds of reading: when one is due, which calendars it asks, and what goes with it."""

from datetime import datetime, timedelta

from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.foreign import look_for_foreign, take_over
from oncetui.connector.bookings.round import see_to_bookings
from oncetui.connector.checking import (
    calendars_to_read,
    check_calendars,
    is_at_rest,
    list_calendars,
    misses_calendars,
)
from oncetui.connector.expiring import note_password_expiry
from oncetui.connector.glancing import glance
from oncetui.connector.keeping import KeptGateway
from oncetui.connector.real_time import RealTime
from oncetui.connector.timing import EachDay, Every, Moment
from oncetui.model.calendars import Calendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings
from oncetui.model.profile import Profile
from oncetui.model.schedule import AUTO_SYNC, IT_PROBE_AT_MOST, is_fresh
from oncetui.model.state import ConnectionRecord
from oncetui.model.way_taken import WayTaken


class Rounds:
    """Reads the calendars in use through the kept gateway, and spares those that Real-time answers for."""

    def __init__(self, profile: Profile, kept: KeptGateway, real_time: RealTime) -> None:
        self._profile = profile
        self._kept = kept
        self._real_time = real_time
        self._check = Every(profile.clock, AUTO_SYNC)
        self._read_anew = EachDay(profile.clock)
        self._next_try = Moment(profile.clock)

    def in_use(self) -> tuple[Calendar, ...]:
        """Return the known calendars that some page uses, or that hold events of bookings to come."""
        return calendars_to_read(self._profile)

    def have_unread_calendars(self) -> bool:
        """Tell whether some calendar that can be read was not, or too long ago."""
        now = self._profile.clock.now()
        return any(
            calendar.unreadable is None and not is_fresh(calendar.read_at, now) for calendar in self.in_use()
        )

    def at_once(self) -> None:
        """Make the next round due."""
        self._check.at_once()

    def begun(self) -> None:
        """Note that a round begins, whatever it comes to; the next is due a period later."""
        self._check.done()

    def is_due(self, record: ConnectionRecord, settings: ConnectionSettings, *, asked: bool) -> bool:
        """Tell whether it is time: by a request, by the next try that was set, by news or by the clock."""
        now = self._profile.clock.now()
        if asked and not record.asked_to_wait(now):
            return True
        if record.next_try is not None:
            return self._next_try.has_come(record.next_try, _longest_wait(record, now))
        if not self._kept.fits(settings, record) or self._real_time.has_news():
            return True
        if self._check.is_due() and self._is_all_spared():
            self._check.done()
        return self._check.is_due()

    def read(
        self,
        settings: ConnectionSettings,
        record: ConnectionRecord,
        cancellation: Cancellation,
        *,
        asked: bool,
        taking_over: bool = False,
    ) -> WayTaken:
        """Read what changed, and return what was seen of the way to the server.

        A gateway just opened lists the calendars first, as does each new day. Nothing is spared where
        somebody asked. `taking_over` makes bookings of other installations our own, as a person agreed to.
        Raises `ProblemError`, and `GenerationOverError` after a Disconnect.
        """
        begun = self._profile.clock.now()
        listed = self._kept.fits(settings, record) and not self._read_anew.is_due()
        gateway = self._kept.opened(settings, record, cancellation)
        anew = self._read_anew.is_due()
        with cancellation.waking(gateway.close):
            if not listed or misses_calendars(self._profile):
                list_calendars(self._profile, gateway, record.generation)
            spared = self._spared() if listed and not asked else frozenset[str]()
            self._real_time.reading()
            changed = check_calendars(
                self._profile, gateway, record.generation, anew=anew, spared=spared
            ).changed
            desk = Desk(self._profile, gateway, record.generation)
            if see_to_bookings(desk, changed, adopting=not listed):
                # What was written is busy from now on, and what was moved or removed no longer is.
                check_calendars(self._profile, gateway, record.generation)
            if not listed:
                glance(self._profile, gateway, record.generation)
                look_for_foreign(desk)
            if taking_over:
                take_over(desk)
            if anew:
                self._read_anew.done(begun)
                note_password_expiry(self._profile, gateway, settings.secret_version, record.generation)
        return gateway.way

    def _is_all_spared(self) -> bool:
        in_use = self.in_use()
        spared = bool(in_use) and len(self._spared()) == len(in_use)
        return spared and not self._read_anew.is_due() and not self._profile.bookings.outbox()

    def _spared(self) -> frozenset[str]:
        now = self._profile.clock.now()
        return frozenset(
            calendar.id
            for calendar in self.in_use()
            if self._real_time.spares(calendar) or is_at_rest(calendar, now)
        )


def _longest_wait(record: ConnectionRecord, now: datetime) -> timedelta | None:
    """Bound a wait, so that a clock put back before a restart delays nothing by more than the whole of it."""
    servers = record.servers_wait if record.asked_to_wait(now) else None
    return IT_PROBE_AT_MOST if servers is None else max(servers, IT_PROBE_AT_MOST)
