"""GetReminders: the reminders of the caller's appointments and tasks."""

from collections.abc import Iterator
from datetime import UTC, datetime

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.calendars.reminders import Reminder, reminders_of
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error, single_success
from oncetui.simulator.soap.writing import moment, text_of

_NAME = "GetReminders"
_TYPES = ("All", "Current", "Old")
_MOST = 200
# A task lasts no time: this is what stands where an appointment has its start and end.
_NO_TIME = "0001-01-02T00:00:00Z"


def answer(call: Call) -> str:
    """Return the reminders that come in the request's window, soonest first."""
    begin, end = _moment(call, "BeginTime"), _moment(call, "EndTime")
    kind, most = _kind(call), _most(call)
    if begin is not None and end is not None and end < begin:
        failure = EwsError("ErrorInvalidOperation", "EndDate is earlier than StartDate")
        return single_error(_NAME, failure, "<m:Reminders/>")
    now = call.now()
    found = [
        each
        for each in reminders_of(_items(call), now)
        if (begin is None or each.time >= begin)
        and (end is None or each.time <= end)
        and (kind == "All" or (each.over < now) == (kind == "Old"))
    ]
    content = "".join(_reminder_xml(call, each) for each in found[:most])
    return single_success(_NAME, f"<m:Reminders>{content}</m:Reminders>")


def _items(call: Call) -> Iterator[Item]:
    deleted = call.caller.folders.distinguished["deleteditems"]
    for folder in call.caller.folders:
        if folder is not deleted and deleted not in folder.above():
            yield from folder.items


def _moment(call: Call, name: str) -> datetime | None:
    element = reading.child(call.operation, name)
    return None if element is None else reading.moment_of(element, UTC)


def _kind(call: Call) -> str:
    element = reading.child(call.operation, "ReminderType")
    word = "All" if element is None else reading.content(element).strip()
    if element is not None and word not in _TYPES:
        raise reading.bad_value(element, word, "ReminderType")
    return word


def _most(call: Call) -> int:
    element = reading.child(call.operation, "MaxItems")
    if element is None:
        return _MOST
    most = reading.integer(element)
    if not 0 <= most <= _MOST:
        raise reading.bad_value(element, str(most), "MaxItems")
    return most or _MOST


def _reminder_xml(call: Call, reminder: Reminder) -> str:
    entry, guid = reminder.entry, call.caller.folders.mailbox_guid
    item, key = entry.item, change_key("item", entry.item.change)
    original = entry.original if isinstance(entry, CalendarEntry) else None
    own = encode(Identity("item", guid, item.number, original))
    series = encode(Identity("item", guid, item.number))
    master = "" if original is None else f'<t:RecurringMasterItemId Id="{series}" ChangeKey="{key}"/>'
    start, end, group = _NO_TIME, _NO_TIME, "Task"
    if isinstance(entry, CalendarEntry):
        start, end, group = moment(entry.start), moment(entry.end), "Calendar"
    return (
        f"<t:Reminder><t:Subject>{text_of(entry.value('item:Subject') or '')}</t:Subject>"
        f"<t:Location>{text_of(entry.value('calendar:Location') or '')}</t:Location>"
        f"<t:ReminderTime>{moment(reminder.time)}</t:ReminderTime>"
        f"<t:StartDate>{start}</t:StartDate><t:EndDate>{end}</t:EndDate>"
        f'<t:ItemId Id="{own}" ChangeKey="{key}"/>{master}<t:ReminderGroup>{group}</t:ReminderGroup>'
        f"<t:UID>{text_of(str(entry.value('calendar:UID') or own))}</t:UID></t:Reminder>"
    )
