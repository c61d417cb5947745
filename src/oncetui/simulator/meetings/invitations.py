"""Inviting people to a meeting, telling them of changes, and calling it off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from oncetui.simulator.calendars.edits import Author, Edit, add_appointment, change_item, times_of
from oncetui.simulator.calendars.entries import CalendarEntry, entry_of
from oncetui.simulator.mailboxes.items import CalendarItem
from oncetui.simulator.meetings.messages import (
    ATTENDEE_LISTS,
    Meeting,
    attendees_of,
    deliver,
    keep_copy,
    mailboxes_of,
    person_of,
)
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.people import Person
from oncetui.simulator.world import Exchange, Mailbox

_STATUS = "calendar:LegacyFreeBusyStatus"
_SEQUENCE = "calendar:AppointmentSequenceNumber"
INTENDED = "calendar:IntendedFreeBusyStatus"
# What an attendee's copy has of its own, or not at all.
_OWN = (
    _STATUS,
    "calendar:Resources",
    "calendar:When",
    "calendar:MyResponseType",
    "item:Categories",
    "item:ReminderIsSet",
    "calendar:AppointmentReplyTime",
)


def is_organiser(mailbox: Mailbox, item: CalendarItem) -> bool:
    """Whether a mailbox's own calendar item is a meeting that its owner called."""
    person: Person | None = item.values.get("calendar:Organizer")
    return person is None or person.address.lower() == mailbox.email.lower()


class Organiser:
    """Sends what concerns one meeting to its attendees, in one organiser's name."""

    def __init__(self, exchange: Exchange, mailbox: Mailbox, author: Author, *, save_copy: bool) -> None:
        self._exchange = exchange
        self._mailbox = mailbox
        self._author = author
        self._save_copy = save_copy

    def invite(self, entry: CalendarEntry, people: list[Person], *, update: bool = False) -> None:
        """Send a meeting request; each attendee's calendar gets the meeting, not yet accepted."""
        to = mailboxes_of(self._exchange, people, self._mailbox)
        for mailbox in to:
            copy = self._noted(mailbox, entry.item)
            deliver(self._request(entry, _kind(copy, update=update)), "MeetingRequest", mailbox, copy.number)
        if self._save_copy and people:
            kind = "FullUpdate" if update else "NewMeetingRequest"
            keep_copy(self._request(entry, kind), "MeetingRequest", to)

    def call_off(self, entry: CalendarEntry, people: list[Person], body: Body | None = None) -> None:
        """Send a cancellation of a meeting, or of one occurrence that is no longer in its series.

        A body is what the cancellation says in place of the meeting's own.
        """
        meeting = self._meeting(entry, {} if body is None else {"item:Body": body})
        to = mailboxes_of(self._exchange, people, self._mailbox)
        for mailbox in to:
            copy = mailbox.folders.calendar.items.with_uid(str(entry.item.values["calendar:UID"]))
            if copy is None:
                continue
            self._cancelled(mailbox, copy, entry)
            deliver(meeting, "MeetingCancellation", mailbox, copy.number)
        if self._save_copy and people:
            keep_copy(meeting, "MeetingCancellation", to)

    def _request(self, entry: CalendarEntry, kind: str) -> Meeting:
        return self._meeting(entry, {"meetingRequest:MeetingRequestType": kind})

    def _meeting(self, entry: CalendarEntry, extra: dict[str, Any]) -> Meeting:
        return Meeting(entry, self._mailbox, self._author, extra)

    def _noted(self, mailbox: Mailbox, item: CalendarItem) -> CalendarItem:
        tree = mailbox.folders
        shared = {uri: value for uri, value in item.values.items() if uri not in _OWN}
        shared["calendar:Organizer"] = person_of(self._mailbox)
        shared[INTENDED] = item.values.get(_STATUS) or "Busy"
        copy = tree.calendar.items.with_uid(str(item.values["calendar:UID"]))
        fresh = {_STATUS: "Tentative", "calendar:MyResponseType": "NoResponseReceived"}
        if copy is None:
            edit = Edit({**shared, **fresh})
            copy = add_appointment(tree, tree.calendar, times_of(item), edit, self._author)
        else:
            moved = times_of(copy) != times_of(item)
            change_item(
                tree, copy, times_of(item), Edit({**shared, **(fresh if moved else {})}), self._author
            )
        own = item.copy(copy.number)
        copy.changes, copy.deleted = own.changes, own.deleted
        return copy

    def _cancelled(self, mailbox: Mailbox, copy: CalendarItem, entry: CalendarEntry) -> None:
        if entry.original is None:
            edit = cancelled(entry)
        else:
            edit = Edit()
            copy.changes.pop(entry.original, None)
            copy.deleted.add(entry.original)
        change_item(mailbox.folders, copy, None, edit, self._author)


def _kind(copy: CalendarItem, *, update: bool) -> str:
    """Tell whether an attendee is asked, asked again, or told of a change that leaves his answer as it is."""
    if not update:
        return "NewMeetingRequest"
    answered = copy.values.get("calendar:MyResponseType") in {"Accept", "Tentative"}
    return "InformationalUpdate" if answered else "FullUpdate"


def cancelled(entry: CalendarEntry) -> Edit:
    """Return what cancelling a meeting changes in an item of it."""
    subject = f"Canceled: {entry.value('item:Subject') or ''}"
    return Edit({"item:Subject": subject, "calendar:IsCancelled": True, _STATUS: "Free"})


def send_update(
    organiser: Organiser, mailbox: Mailbox, entry: CalendarEntry, before: list[Person], *, to_all: bool
) -> None:
    """Tell attendees of a change: all of them, or those who were added and removed by it."""
    item = entry.item
    if not is_organiser(mailbox, item):
        return
    now = attendees_of(item)
    added = [person for person in now if not _is_among(person, before)]
    removed = [person for person in before if not _is_among(person, now)]
    table = mailbox.folders.folder_of(item).items
    table.before_change(item)
    item.values[_SEQUENCE] = int(item.values.get(_SEQUENCE) or 0) + 1
    item.values["calendar:MeetingRequestWasSent"] = True
    table.after_change(item)
    if to_all:
        organiser.invite(entry, [person for person in now if not _is_among(person, added)], update=True)
    organiser.invite(entry_of(item), added)
    organiser.call_off(entry_of(item), removed)


def forget_answers(item: CalendarItem) -> None:
    """Take back what attendees answered, as a meeting at another time asks them again."""
    _each_attendee(item, lambda person: replace(person, response="Unknown", responded=None, proposed=None))


def note_answer(
    item: CalendarItem,
    email: str,
    response: str,
    author: Author,
    proposed: tuple[datetime, datetime] | None = None,
) -> None:
    """Note in an organiser's item what an attendee answered, and the start and end that he proposed."""

    def answered(person: Person) -> Person:
        own = person.address.lower() == email.lower()
        return replace(person, response=response, responded=author.now, proposed=proposed) if own else person

    _each_attendee(item, answered)


def _each_attendee(item: CalendarItem, change: Callable[[Person], Person]) -> None:
    for uri in ATTENDEE_LISTS:
        if item.values.get(uri):
            item.values[uri] = tuple(change(person) for person in item.values[uri])


def _is_among(person: Person, people: list[Person]) -> bool:
    return any(person.address.lower() == each.address.lower() for each in people)
