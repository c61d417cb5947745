"""When somebody is free or busy, where that is all that may be read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.payloads import Element, element
from oncetui.exchange.operations.read_view import moment, showing_of
from oncetui.exchange.operations.service import LeanService, raise_unless_success
from oncetui.model.calendars import BusyBlock, Window

LONGEST_WINDOW = timedelta(days=60)  # more than 62 days are ErrorTimeIntervalTooBig
_INTERVAL = timedelta(minutes=15)
_DIGITS = {"0": "Free", "1": "Tentative", "2": "Busy", "3": "OOF", "4": "WorkingElsewhere"}


class GetUserAvailability(LeanService):
    """The free/busy view of a mailbox (MS-OXWSAVAIL 3.1.4.1)."""

    SERVICE_NAME = "GetUserAvailability"

    def of(self, address: str, window: Window) -> tuple[BusyBlock, ...]:
        """Return what overlaps the window, by start; it has no ids, so that they are made of the times."""
        found: dict[tuple[str, datetime], BusyBlock] = {}
        start = window.start
        while start < window.end:
            part = Window(start, min(start + LONGEST_WINDOW, window.end))
            for block in self._part(address, part):
                if block.end > window.start and block.start < window.end:
                    found[(block.item, block.start)] = block
            start = part.end
        return tuple(sorted(found.values(), key=lambda block: (block.start, block.end, block.item)))

    @classmethod
    def _response_messages_tag(cls) -> str:
        return f"{{{MNS}}}FreeBusyResponseArray"

    def _part(self, address: str, window: Window) -> Iterator[BusyBlock]:
        answers = self.messages(_question(address, window))
        told = None if len(answers) != 1 else answers[0].find(f"{{{MNS}}}ResponseMessage")
        view = None if len(answers) != 1 else answers[0].find(f"{{{MNS}}}FreeBusyView")
        if told is None or view is None:
            raise NotUnderstoodError("The free/busy view is missing.")
        raise_unless_success(told)
        kind = view.findtext(f"{{{TNS}}}FreeBusyViewType") or "None"
        if kind == "None":
            raise ResponseCodeError("ErrorNoFreeBusyAccess")
        if kind == "MergedOnly":
            return _merged(view.findtext(f"{{{TNS}}}MergedFreeBusy") or "", window)
        return map(_block, view.iterfind(f"{{{TNS}}}CalendarEventArray/{{{TNS}}}CalendarEvent"))


def _block(event: Element) -> BusyBlock:
    start = moment(event.findtext(f"{{{TNS}}}StartTime"))
    end = moment(event.findtext(f"{{{TNS}}}EndTime"))
    return _made(start, end, event.findtext(f"{{{TNS}}}BusyType"))


def _merged(digits: str, window: Window) -> Iterator[BusyBlock]:
    for number, digit in enumerate(digits):
        if digit != "0":
            start = window.start + number * _INTERVAL
            yield _made(start, start + _INTERVAL, _DIGITS.get(digit))


def _made(start: datetime, end: datetime, status: str | None) -> BusyBlock:
    showing = showing_of(status)
    return BusyBlock(f"{end:%Y%m%dT%H%M%S} {showing}", start, end, showing)


def _question(address: str, window: Window) -> Element:
    mailbox = element(
        "t:MailboxData",
        element("t:Email", element("t:Address", text=address)),
        element("t:AttendeeType", text="Required"),
        element("t:ExcludeConflicts", text="false"),
    )
    span = element(
        "t:TimeWindow",
        element("t:StartTime", text=f"{window.start:%Y-%m-%dT%H:%M:%S}"),
        element("t:EndTime", text=f"{window.end:%Y-%m-%dT%H:%M:%S}"),
    )
    options = element(
        "t:FreeBusyViewOptions",
        span,
        element("t:MergedFreeBusyIntervalInMinutes", text=str(_INTERVAL.seconds // 60)),
        element("t:RequestedView", text="FreeBusyMerged"),
    )
    mailboxes = element("m:MailboxDataArray", mailbox)
    return element("m:GetUserAvailabilityRequest", _utc(), mailboxes, options)


def _utc() -> Element:
    def change(name: str, month: str) -> Element:
        return element(
            name,
            element("t:Bias", text="0"),
            element("t:Time", text="02:00:00"),
            element("t:DayOrder", text="1"),
            element("t:Month", text=month),
            element("t:DayOfWeek", text="Sunday"),
        )

    changes = (change("t:StandardTime", "10"), change("t:DaylightTime", "3"))
    return element("t:TimeZone", element("t:Bias", text="0"), *changes)
