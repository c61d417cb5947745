"""UpdateFolder: new names, permissions and extended properties of folders."""

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import MalformedIdentifierError, change_of
from oncetui.simulator.properties.folder_fields import folder_id_xml, folder_kind
from oncetui.simulator.properties.folder_xml import FolderDraft, read_folder_update
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Make each change of the request."""
    changes = reading.needed_list(call.operation, "FolderChanges")
    return for_each("UpdateFolder", changes, lambda change: _changed(call, change), on_error="<m:Folders/>")


def _changed(call: Call, change: Element) -> str:
    named, updates = [*reading.children(change), None, None][:2]
    if named is None or updates is None:
        raise reading.violation(change, "The element 'FolderChange' has incomplete content.")
    target = folder_target(call, named)
    _check_change_key(named)
    if not target.rights.owner:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    draft = FolderDraft()
    for update in reading.children(updates):
        read_folder_update(
            update, folder_kind(target), draft, lambda email: call.exchange.mailbox(email) is not None
        )
    _check(target, draft)
    draft.apply(target.folder)
    target.owner.folders.touch_folder(target.folder)
    return f"<m:Folders>{folder_id_xml(target)}</m:Folders>"


def _check_change_key(named: Element) -> None:
    key = named.get("ChangeKey")
    try:
        change_of(key) if key is not None else None
    except MalformedIdentifierError as error:
        raise EwsError("ErrorInvalidChangeKey", "The change key is invalid.") from error


def _check(target: FolderTarget, draft: FolderDraft) -> None:
    folder = target.folder
    if folder.parent is None:
        raise EwsError("ErrorFolderSaveFailed", "The root folder can't be changed.")
    if draft.name is not None:
        if not draft.name.strip():
            raise EwsError("ErrorFolderSaveFailed", "A folder needs a display name.")
        if folder.parent.child(draft.name) not in {None, folder}:
            raise EwsError("ErrorFolderExists", "A folder with the specified name already exists.")
    before, after = folder.folder_class, draft.folder_class
    if after is not None and before.split(".")[:2] != after.split(".")[:2]:
        raise EwsError("ErrorObjectTypeChanged", "The type of a folder can't be changed.")
