"""Creating, changing and cancelling one event of a booking.

Nothing here is tried again: a request whose answer is lost may have been carried out, and the stamp tells.
"""

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import Element, element, folder_id, utc_text
from oncetui.exchange.operations.read_view import status_of
from oncetui.exchange.operations.service import LeanService
from oncetui.exchange.operations.stamping import stamp_field, stamp_property
from oncetui.model.booked_events import Attendee, BookedEvent, StampedEvent
from oncetui.model.stamps import Stamp

_TO_NOBODY, _TO_ALL = "SendToNone", "SendToAllAndSaveCopy"


class CreateItem(LeanService):
    """A new event (MS-OXWSCORE 3.1.4.2)."""

    SERVICE_NAME = "CreateItem"

    def event(self, calendar: str, event: BookedEvent) -> str:
        """Create the event, invite its attendee if it has one, and return its id."""
        answer = self.message(
            element(
                "m:CreateItem",
                element("m:SavedItemFolderId", folder_id(calendar)),
                element("m:Items", element("t:CalendarItem", *_fields(event))),
                SendMeetingInvitations=_TO_NOBODY if event.attendee is None else _TO_ALL,
            )
        )
        created = answer.find(f"{{{MNS}}}Items/*/{{{TNS}}}ItemId")
        if created is None or not created.get("Id"):
            raise NotUnderstoodError("The new event has no id.")
        return str(created.get("Id"))


class UpdateItem(LeanService):
    """Another state of an event (MS-OXWSCORE 3.1.4.9)."""

    SERVICE_NAME = "UpdateItem"

    def event(self, found: StampedEvent, event: BookedEvent) -> None:
        """Give the event its new fields; refused by the server where it is no longer as it was found."""
        told = found.invited or event.attendee is not None
        self._update(found, _changes(event), _TO_ALL if told else _TO_NOBODY)

    def stamp(self, found: StampedEvent, stamp: Stamp) -> None:
        """Give the event another stamp and nothing else; refused by the server as above."""
        self._update(found, [_set("stamp", stamp_property(stamp.text))], _TO_NOBODY)

    def _update(self, found: StampedEvent, changes: list[Element], sent: str) -> None:
        change = element("t:ItemChange", _item_id(found), element("t:Updates", *changes))
        self.message(
            element(
                "m:UpdateItem",
                element("m:ItemChanges", change),
                ConflictResolution="NeverOverwrite",
                SendMeetingInvitationsOrCancellations=sent,
            )
        )


class DeleteItem(LeanService):
    """The end of an event (MS-OXWSCORE 3.1.4.3)."""

    SERVICE_NAME = "DeleteItem"

    def event(self, found: StampedEvent) -> None:
        """Move the event to Deleted Items; a customer who was invited is sent the cancellation."""
        self.message(
            element(
                "m:DeleteItem",
                element("m:ItemIds", _item_id(found)),
                DeleteType="MoveToDeletedItems",
                SendMeetingCancellations=_TO_ALL if found.invited else _TO_NOBODY,
            )
        )


def _item_id(found: StampedEvent) -> Element:
    return element("t:ItemId", Id=found.key, ChangeKey=found.version)


def _fields(event: BookedEvent) -> list[Element]:
    """Return the event's elements in the order of the schema."""
    named = dict(_values(event))
    order = (
        "item:Subject",
        "item:Body",
        "item:Categories",
        "item:ReminderIsSet",
        "item:ReminderMinutesBeforeStart",
        "stamp",
        "calendar:Start",
        "calendar:End",
        "calendar:LegacyFreeBusyStatus",
        "calendar:Location",
        "calendar:RequiredAttendees",
    )
    return [named[field] for field in order if field in named]


def _changes(event: BookedEvent) -> list[Element]:
    changes = [_set(field, value) for field, value in _values(event)]
    if event.category is None:
        uri = element("t:FieldURI", FieldURI="item:Categories")
        changes.append(element("t:DeleteItemField", uri))
    return changes


def _set(field: str, value: Element) -> Element:
    uri = stamp_field() if field == "stamp" else element("t:FieldURI", FieldURI=field)
    return element("t:SetItemField", uri, element("t:CalendarItem", value))


def _values(event: BookedEvent) -> list[tuple[str, Element]]:
    reminder = event.reminder_minutes
    values = [
        ("item:Subject", element("t:Subject", text=event.subject)),
        ("item:Body", element("t:Body", text=event.body, BodyType="Text")),
        ("item:ReminderIsSet", element("t:ReminderIsSet", text="false" if reminder is None else "true")),
        ("stamp", stamp_property(event.stamp.text)),
        ("calendar:Start", element("t:Start", text=utc_text(event.start))),
        ("calendar:End", element("t:End", text=utc_text(event.end))),
        (
            "calendar:LegacyFreeBusyStatus",
            element("t:LegacyFreeBusyStatus", text=status_of(event.showing)),
        ),
        ("calendar:Location", element("t:Location", text=event.location)),
    ]
    if reminder is not None:
        minutes = element("t:ReminderMinutesBeforeStart", text=str(reminder))
        values.append(("item:ReminderMinutesBeforeStart", minutes))
    if event.category is not None:
        values.append(("item:Categories", element("t:Categories", element("t:String", text=event.category))))
    if event.attendee is not None:
        values.append(("calendar:RequiredAttendees", _attendees(event.attendee)))
    return values


def _attendees(attendee: Attendee) -> Element:
    mailbox = element(
        "t:Mailbox",
        element("t:Name", text=attendee.name),
        element("t:EmailAddress", text=attendee.email),
    )
    return element("t:RequiredAttendees", element("t:Attendee", mailbox))
