"""The properties of tasks, in the order of the schema."""

from datetime import datetime

from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import (
    Field,
    Reading,
    Rendering,
    boolean,
    computed,
    integer,
    moment,
    strings,
    text,
)
from oncetui.simulator.properties.item_fields import ITEM_FIELDS
from oncetui.simulator.properties.recurrence import read_recurrence, recurrence_xml
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.reading import Element

STATUSES = ("NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred")
_STATUS, _PERCENT, _COMPLETED = "task:Status", "task:PercentComplete", "task:CompleteDate"
_MOST = 100


def is_complete(entry: Entry) -> bool:
    """Whether a task is done: its status, its percentage and the day of its completion say the same."""
    return (
        entry.value(_STATUS) == "Completed"
        or entry.value(_PERCENT) == _MOST
        or entry.value(_COMPLETED) is not None
    )


def status_of(entry: Entry) -> str:
    """Return how far a task has come, as its status."""
    if is_complete(entry):
        return "Completed"
    started = "InProgress" if entry.value(_PERCENT) else "NotStarted"
    return str(entry.value(_STATUS) or started)


def _percent(entry: Entry) -> float:
    return _MOST if is_complete(entry) else entry.value(_PERCENT) or 0


def _completed(entry: Entry) -> datetime | None:
    when: datetime | None = entry.value(_COMPLETED)
    return when or (entry.item.modified if is_complete(entry) else None)


def _read_status(element: Element, _: Reading) -> str:
    word = reading.content(element).strip()
    if word not in STATUSES:
        raise reading.bad_value(element, word, "TaskStatusType")
    return word


def _read_percent(element: Element, _: Reading) -> float:
    text_given = reading.content(element).strip()
    try:
        value = float(text_given)
    except ValueError as error:
        raise reading.bad_value(element, text_given, "double") from error
    if not 0 <= value <= _MOST:
        raise reading.bad_value(element, text_given, "double")
    return value


def _write_recurrence(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
    recurrence: Recurrence | None = entry.value("task:Recurrence")
    return "" if recurrence is None else f"<t:Recurrence>{recurrence_xml(recurrence)}</t:Recurrence>"


TASK_FIELDS: tuple[Field, ...] = (
    *ITEM_FIELDS,
    integer("task:ActualWork", "ActualWork"),
    text("task:BillingInformation", "BillingInformation"),
    computed("task:ChangeCount", "ChangeCount", lambda _entry: "1"),
    strings("task:Companies", "Companies"),
    moment(_COMPLETED, "CompleteDate", _completed),
    strings("task:Contacts", "Contacts"),
    moment("task:DueDate", "DueDate", default=True),
    computed(
        "task:IsComplete",
        "IsComplete",
        lambda entry: writing.boolean(is_complete(entry)),
        compare=is_complete,
    ),
    computed(
        "task:IsRecurring",
        "IsRecurring",
        lambda entry: writing.boolean(entry.value("task:Recurrence") is not None),
        compare=lambda entry: entry.value("task:Recurrence") is not None,
    ),
    boolean("task:IsTeamTask", "IsTeamTask", unset=False),
    text("task:Mileage", "Mileage"),
    computed(
        "task:Owner",
        "Owner",
        lambda entry: writing.text_of(entry.item.creator),
        compare=lambda e: e.item.creator,
    ),
    Field(
        _PERCENT,
        "PercentComplete",
        lambda entry, _rendering: f"<t:PercentComplete>{_percent(entry):g}</t:PercentComplete>",
        _read_percent,
        _percent,
        default=True,
    ),
    Field("task:Recurrence", "Recurrence", _write_recurrence, lambda element, _: read_recurrence(element)),
    moment("task:StartDate", "StartDate", default=True),
    Field(
        _STATUS,
        "Status",
        lambda entry, _rendering: f"<t:Status>{status_of(entry)}</t:Status>",
        _read_status,
        status_of,
        default=True,
    ),
    text("task:StatusDescription", "StatusDescription"),
    integer("task:TotalWork", "TotalWork"),
)
