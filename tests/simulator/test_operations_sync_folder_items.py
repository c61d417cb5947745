"""SyncFolderItems: a client that follows the changes ends with what is in the calendar."""

from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.events import add_event, change_event, delete_event

from .asking import Client, daily, set_field, small_world, timed

DRAFTS = '<t:DistinguishedFolderId Id="drafts"/>'
BENS = '<t:FolderId Id="{}"/>'


def follow(anna: Client, state: str, known: set[str], most: int) -> str:
    """Take over changes until there are no more; gives the new state."""
    while True:
        reply = anna.sync(state, most)
        assert len(reply.changes()) <= most
        for change, identifier in reply.changes():
            if change == "Delete":
                known.discard(identifier)
            else:
                known.add(identifier)
        state = reply.message("SyncState")
        if reply.message("IncludesLastItemInRange") == "true":
            return state


def message(anna: Client, subject: str) -> str:
    """Keep a message in the drafts and give its id."""
    reply = anna.ask(
        '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message>'
        f"<t:Subject>{subject}</t:Subject><t:IsRead>false</t:IsRead></t:Message></m:Items></m:CreateItem>"
    )
    return reply.ids[0]


def change_message(anna: Client, identifier: str, uri: str, content: str) -> None:
    """Change one property of a message."""
    reply = anna.ask(
        '<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges>'
        f'<t:ItemChange><t:ItemId Id="{identifier}"/><t:Updates><t:SetItemField>'
        f'<t:FieldURI FieldURI="{uri}"/><t:Message>{content}</t:Message></t:SetItemField>'
        "</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>"
    )
    assert reply.code == "NoError"


def mark(anna: Client, identifier: str, read: str) -> None:
    """Mark a message as read, or as unread."""
    change_message(anna, identifier, "message:IsRead", f"<t:IsRead>{read}</t:IsRead>")


def test_marking_a_message_is_a_change_of_its_flag_only() -> None:
    anna = Client(small_world())
    identifier = message(anna, "Offer")
    before = anna.sync(folder=DRAFTS).message("SyncState")
    mark(anna, identifier, "true")
    marked = anna.sync(before, folder=DRAFTS)
    assert marked.changes() == [("ReadFlagChange", identifier)]
    assert marked.one("IsRead") == "true"
    mark(anna, identifier, "false")
    assert anna.sync(marked.message("SyncState"), folder=DRAFTS).one("IsRead") == "false"


def test_a_message_that_was_changed_and_marked_is_updated() -> None:
    anna = Client(small_world())
    identifier = message(anna, "Offer")
    before = anna.sync(folder=DRAFTS).message("SyncState")
    change_message(anna, identifier, "item:Subject", "<t:Subject>New offer</t:Subject>")
    between = anna.sync(before, folder=DRAFTS).message("SyncState")
    mark(anna, identifier, "true")
    assert anna.sync(before, folder=DRAFTS).changes() == [("Update", identifier)]
    assert anna.sync(between, folder=DRAFTS).changes() == [("ReadFlagChange", identifier)]


def test_a_new_message_that_was_marked_is_created() -> None:
    anna = Client(small_world())
    before = anna.sync(folder=DRAFTS).message("SyncState")
    identifier = message(anna, "Offer")
    mark(anna, identifier, "true")
    assert anna.sync(before, folder=DRAFTS).changes() == [("Create", identifier)]


def test_first_everything_then_only_what_changed() -> None:
    anna = Client(small_world())
    first = anna.create(timed("One", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z"))
    second = anna.create(timed("Two", "2026-12-02T09:00:00Z", "2026-12-02T10:00:00Z"))
    start = anna.sync()
    assert start.changes() == [("Create", first), ("Create", second)]
    state = start.message("SyncState")
    assert anna.sync(state).changes() == []
    third = anna.create(timed("Three", "2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z"))
    anna.update(first, set_field("item:Subject", "<t:Subject>New</t:Subject>"))
    anna.delete(f'<t:ItemId Id="{second}"/>')
    assert anna.sync(state).changes() == [("Create", third), ("Update", first), ("Delete", second)]


def test_what_came_and_went_between_two_calls_is_not_told() -> None:
    anna = Client(small_world())
    state = anna.sync().message("SyncState")
    item = anna.create(timed("One", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z"))
    anna.delete(f'<t:ItemId Id="{item}"/>')
    assert anna.sync(state).changes() == []


def test_a_change_of_one_occurrence_is_told_as_an_update_of_its_series() -> None:
    anna = Client(small_world())
    master = anna.create(
        timed("Daily", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", daily("2026-12-01", 3))
    )
    start = anna.sync()
    assert start.changes() == [("Create", master)]
    anna.delete(f'<t:OccurrenceItemId RecurringMasterId="{master}" InstanceIndex="2"/>')
    assert anna.sync(start.message("SyncState")).changes() == [("Update", master)]


def test_a_state_of_another_folder_or_made_up_is_invalid() -> None:
    anna = Client(small_world())
    inbox = anna.sync(folder='<t:DistinguishedFolderId Id="inbox"/>').message("SyncState")
    assert anna.sync(inbox).code == "ErrorInvalidSyncStateData"
    assert anna.sync("H4sIAAAAA=").code == "ErrorInvalidSyncStateData"


def test_a_folder_that_vanished_cannot_be_followed() -> None:
    anna = Client(small_world())
    made = anna.ask(
        '<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderId>'
        "<m:Folders><t:CalendarFolder><t:DisplayName>Gone</t:DisplayName></t:CalendarFolder></m:Folders>"
        "</m:CreateFolder>"
    )
    identifier = made.root.find(".//{*}FolderId")
    assert identifier is not None
    gone = f'<t:FolderId Id="{identifier.get("Id")}"/>'
    anna.ask(f'<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>{gone}</m:FolderIds></m:DeleteFolder>')
    assert anna.sync(folder=gone).code == "ErrorSyncFolderNotFound"


def test_more_than_512_changes_a_call_are_a_schema_violation() -> None:
    anna = Client(small_world())
    request = (
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>"
        '<t:DistinguishedFolderId Id="calendar"/></m:SyncFolderId>'
        "<m:MaxChangesReturned>513</m:MaxChangesReturned>"
        "</m:SyncFolderItems>"
    )
    assert anna.fault(request) == "ErrorSchemaValidation"


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "delete", "sync one page"]), st.integers(0, 20)), max_size=25
)


@given(STEPS, st.integers(1, 4))
def test_following_in_small_pages_while_things_change_ends_with_the_truth(
    steps: list[tuple[str, int]], most: int
) -> None:
    exchange = small_world()
    anna = Client(exchange)
    known: set[str] = set()
    present: list[str] = []
    state = ""
    for step, number in steps:
        if step == "add":
            event = {"subject": "x", "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T10:00:00Z"}
            present.append(add_event(exchange, anna.mailbox, event))
        elif step == "sync one page":
            reply = anna.sync(state, most)
            for change, identifier in reply.changes():
                known.discard(identifier) if change == "Delete" else known.add(identifier)
            state = reply.message("SyncState")
        elif present and step == "change":
            change_event(exchange, anna.mailbox, present[number % len(present)], {"subject": f"y{number}"})
        elif present:
            delete_event(exchange, anna.mailbox, present.pop(number % len(present)))
    follow(anna, state, known, most)
    assert known == set(present)
