"""The calendars of a mailbox with their rights, and the default calendar of another one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.free_busy import GetUserAvailability
from oncetui.exchange.operations.payloads import Element, distinguished_folder, element, shape, shown_text
from oncetui.exchange.operations.service import LeanService, raise_unless_success
from oncetui.exchange.session import MailboxAccount
from oncetui.model.calendars import FoundCalendar, Window

_FIELDS = ("folder:DisplayName", "folder:ParentFolderId", "folder:EffectiveRights")
_KIND = "folder:DistinguishedFolderId"
_KNOWS_KIND_SINCE = "Exchange2013"
_NO_SUCH_FIELD = ("ErrorSchemaValidation", "ErrorInvalidPropertyRequest")
_NO_FOLDER = ("ErrorAccessDenied", "ErrorFolderNotFound", "ErrorItemNotFound")
_PAGE = 500
_PAGES_AT_MOST = 100
_OFFSET = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Folder:
    """A calendar folder as it is listed; `well_known` is its distinguished name where the server tells it."""

    key: str
    parent: str | None
    name: str
    readable: bool
    writable: bool
    well_known: str | None = None


class FindFolder(LeanService):
    """All calendar folders of a mailbox (MS-OXWSFOLD 3.1.4.5)."""

    SERVICE_NAME = "FindFolder"

    def below_root(self, mailbox: str, *, with_kind: bool) -> Iterator[Folder]:
        """Yield every folder of appointments, page by page."""
        offset = 0
        for _ in range(_PAGES_AT_MOST):
            root = self.message(_question(mailbox, offset, with_kind=with_kind)).find(f"{{{MNS}}}RootFolder")
            if root is None:
                raise NotUnderstoodError("The list of folders is missing.")
            yield from map(_folder, root.iterfind(f"{{{TNS}}}Folders/*"))
            following = root.get("IndexedPagingOffset") or ""
            if root.get("IncludesLastItemInRange") != "false" or not _OFFSET.fullmatch(following):
                return
            offset = int(following)


class GetFolder(LeanService):
    """Well-known folders (MS-OXWSFOLD 3.1.4.6)."""

    SERVICE_NAME = "GetFolder"

    def well_known(self, mailbox: str, *names: str) -> list[Folder | None]:
        """Return each of the named folders, None where it can't be opened; the first one must be."""
        wanted = [distinguished_folder(name, mailbox) for name in names]
        question = element("m:GetFolder", shape("m:FolderShape", *_FIELDS), element("m:FolderIds", *wanted))
        messages = self.messages(question)
        if not messages:
            raise NotUnderstoodError("The folder is missing.")
        raise_unless_success(messages[0])
        found = [message.find(f"{{{MNS}}}Folders/*") for message in messages]
        return [None if folder is None else _folder(folder) for folder in found]


def own_calendars(account: MailboxAccount) -> tuple[FoundCalendar, ...]:
    """List the mailbox's calendars, the default one first; those in Deleted Items are left out.

    One request, as a rule: another one for the default calendar where the server is older than 2013, and
    for Deleted Items where a calendar lies in a folder that is not a calendar.
    """
    mailbox = account.primary_smtp_address
    folders = _listed(account)
    default = next((folder for folder in folders if folder.well_known == "calendar"), None)
    if default is None:
        default = GetFolder(account=account).well_known(mailbox, "calendar")[0]
    if default is None:
        raise NotUnderstoodError("The default calendar is missing.")
    usual = {default.parent, *(folder.key for folder in folders)}
    if any(folder.parent not in usual for folder in folders):
        deleted = _deleted_items(account)
        folders = [folder for folder in folders if folder.parent != deleted]
    others = sorted((f for f in folders if f.key != default.key), key=lambda f: (f.name.casefold(), f.key))
    return tuple(_calendar(folder, default=folder is default) for folder in (default, *others))


def shared_calendars(account: MailboxAccount, addresses: Iterable[str]) -> Iterator[FoundCalendar]:
    """Yield the default calendar of each other mailbox; raise where one can't be opened."""
    for address in addresses:
        try:
            folder = GetFolder(account=account).well_known(address, "calendar")[0]
        except ResponseCodeError as error:
            if error.code not in _NO_FOLDER or not _shows_free_busy(account, address):
                raise
            yield FoundCalendar(
                f"free-busy:{address.lower()}", address, writable=False, owner=address, full_read=False
            )
            continue
        if folder is None:
            raise NotUnderstoodError("The shared calendar is missing.")
        yield _calendar(folder, owner=address)


def _shows_free_busy(account: MailboxAccount, address: str) -> bool:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    try:
        GetUserAvailability(account=account).of(address, Window(now, now + timedelta(days=1)))
    except ResponseCodeError:
        return False
    return True


def _listed(account: MailboxAccount) -> list[Folder]:
    mailbox = account.primary_smtp_address
    if account.version.api_version >= _KNOWS_KIND_SINCE:
        try:
            return list(FindFolder(account=account).below_root(mailbox, with_kind=True))
        except ResponseCodeError as error:
            if error.code not in _NO_SUCH_FIELD:
                raise
    return list(FindFolder(account=account).below_root(mailbox, with_kind=False))


def _deleted_items(account: MailboxAccount) -> str | None:
    try:
        folder = GetFolder(account=account).well_known(account.primary_smtp_address, "deleteditems")[0]
    except ResponseCodeError:
        return None  # a mailbox of somebody else: its Deleted Items aren't ours to see
    return None if folder is None else folder.key


def _question(mailbox: str, offset: int, *, with_kind: bool) -> Element:
    fields = (*_FIELDS, _KIND) if with_kind else _FIELDS
    appointments = element(
        "t:Contains",
        element("t:FieldURI", FieldURI="folder:FolderClass"),
        element("t:Constant", Value="IPF.Appointment"),
        ContainmentMode="Prefixed",
        ContainmentComparison="IgnoreCase",
    )
    return element(
        "m:FindFolder",
        shape("m:FolderShape", *fields),
        element(
            "m:IndexedPageFolderView",
            MaxEntriesReturned=str(_PAGE),
            Offset=str(offset),
            BasePoint="Beginning",
        ),
        element("m:Restriction", appointments),
        element("m:ParentFolderIds", distinguished_folder("msgfolderroot", mailbox)),
        Traversal="Deep",
    )


def _folder(found: Element) -> Folder:
    own = found.find(f"{{{TNS}}}FolderId")
    if own is None or not own.get("Id"):
        raise NotUnderstoodError("A folder has no id.")
    parent = found.find(f"{{{TNS}}}ParentFolderId")
    rights = {
        right.tag.rpartition("}")[2]: right.text for right in found.iterfind(f"{{{TNS}}}EffectiveRights/*")
    }
    return Folder(
        key=own.get("Id"),
        parent=None if parent is None else parent.get("Id"),
        name=shown_text(found, f"{{{TNS}}}DisplayName") or "Calendar",
        readable=rights.get("Read") != "false",
        writable=rights.get("CreateContents") == "true",
        well_known=found.findtext(f"{{{TNS}}}DistinguishedFolderId"),
    )


def _calendar(folder: Folder, *, default: bool = False, owner: str | None = None) -> FoundCalendar:
    return FoundCalendar(
        key=folder.key,
        name=folder.name,
        writable=folder.writable,
        default=default,
        owner=owner,
        full_read=folder.readable,
    )
