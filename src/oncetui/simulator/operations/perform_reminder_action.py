"""PerformReminderAction: reminders that are dismissed, or put off to a later time."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.calendars.edits import Edit, change_item
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.calendars.reminders import DISMISSED, IS_SET, NEXT_TIME
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.operations.create_item import author_of
from oncetui.simulator.operations.update_item import check_rights
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import single_success
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Do each action of the request; one that can't be done fails for all of them."""
    actions = reading.needed_list(call.operation, "ReminderItemActions")
    content = "".join([_performed(call, action) for action in actions])
    return single_success("PerformReminderAction", f"<m:UpdatedItemIds>{content}</m:UpdatedItemIds>")


def _performed(call: Call, action: Element) -> str:
    kind = reading.needed(action, "ActionType")
    target = item_target(call, reading.needed(action, "ItemId"))
    check_rights(call, target)
    match reading.content(kind).strip():
        case "Dismiss":
            edit = _dismissal(target)
        case "Snooze":
            edit = Edit({NEXT_TIME: reading.moment_of(reading.needed(action, "NewReminderTime"))})
        case word:
            raise reading.bad_value(kind, word, "ReminderActionType")
    change_item(target.where.owner.folders, target.item, None, edit, author_of(call))
    original = target.entry.original if isinstance(target.entry, CalendarEntry) else None
    identifier = encode(Identity("item", target.where.folder.mailbox_guid, target.item.number, original))
    return f'<t:ItemId Id="{identifier}" ChangeKey="{change_key("item", target.item.change)}"/>'


def _dismissal(target: ItemTarget) -> Edit:
    entry = target.entry
    if isinstance(entry, CalendarEntry) and entry.original is not None:
        # A series goes on reminding of the occurrences that are left.
        return Edit({DISMISSED: entry.start}, removed={NEXT_TIME})
    return Edit({IS_SET: False}, removed={NEXT_TIME})
