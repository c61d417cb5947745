"""The properties that every item has, in the order of the schema, and those of messages."""

from typing import Any
from urllib.parse import quote

from oncetui.simulator.mailboxes.attachments import attachments_of
from oncetui.simulator.mailboxes.identifiers import Identity, encode
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.mailboxes.tree import Folder
from oncetui.simulator.mime.content import MIME_CONTENT
from oncetui.simulator.properties import people
from oncetui.simulator.properties.attachments import ATTACHMENTS_FIELD
from oncetui.simulator.properties.body import BODY, TEXT_BODY, UNIQUE_BODY, Body
from oncetui.simulator.properties.field import (
    Field,
    Rendering,
    boolean,
    choice,
    computed,
    fixed,
    integer,
    point_in_time,
    strings,
    text,
)
from oncetui.simulator.soap import reading, writing

SENSITIVITIES = ("Normal", "Personal", "Private", "Confidential")
IMPORTANCES = ("Low", "Normal", "High")
_CLASSES = {
    "CalendarItem": "IPM.Appointment",
    "Contact": "IPM.Contact",
    "DistributionList": "IPM.DistList",
    "Task": "IPM.Task",
}
_LONGEST_REMINDER = 2_629_800
# An item's ParentFolderId carries this change key, whatever the folder's own is.
_PARENT_CHANGE_KEY = "AQAAAA=="


def item_class_of(entry: Entry) -> str:
    """Return the message class: the stored one, or the usual one of its kind."""
    kept = entry.value("item:ItemClass")
    return str(kept or _CLASSES.get(entry.item.element, "IPM.Note"))


def size_of(entry: Entry) -> int:
    """About as many bytes as a real server would count."""
    body: Body | None = entry.value("item:Body")
    return 3000 + len(entry.value("item:Subject") or "") * 2 + (len(body.text) * 2 if body else 0)


def parent_folder_xml(folder: Folder) -> str:
    """Return the ParentFolderId element of what lies in a folder."""
    return f'<t:ParentFolderId Id="{folder.id}" ChangeKey="{_PARENT_CHANGE_KEY}"/>'


def item_rights_xml(rendering: Rendering, entry: Entry) -> str:
    """Return the EffectiveRights element of an item: what its reader may do with it."""
    rights = rendering.owner.folders.rights(rendering.folder, rendering.reader.email)
    own = entry.item.creator == rendering.reader.email.lower()
    may = {"All": True, "Owned": own, "None": False}
    flags = (
        ("CreateAssociated", False),
        ("CreateContents", False),
        ("CreateHierarchy", False),
        ("Delete", may[rights.delete]),
        ("Modify", may[rights.edit]),
        ("Read", rights.read),
        ("ViewPrivateItems", rights.view_private),
    )
    content = "".join(f"<t:{name}>{writing.boolean(value)}</t:{name}>" for name, value in flags)
    return f"<t:EffectiveRights>{content}</t:EffectiveRights>"


def _item_id(entry: Entry, rendering: Rendering) -> str:
    return rendering.item_id(entry.item.number, entry.item.change)


def _conversation_id(entry: Entry, rendering: Rendering) -> str:
    identifier = encode(Identity("item", rendering.folder.mailbox_guid, entry.item.number))
    return f'<t:ConversationId Id="{identifier[:4]}Q{identifier[5:]}"/>'


def _owa_link(tag: str, view: str) -> Field:
    def write(entry: Entry, rendering: Rendering) -> str:
        identifier = quote(
            encode(Identity("item", rendering.folder.mailbox_guid, entry.item.number)), safe=""
        )
        return f"<t:{tag}>?ItemID={identifier}&amp;exvsurl=1&amp;viewmodel={view}</t:{tag}>"

    return Field(f"item:{tag}", tag, write, since="Exchange2010")


ITEM_ID = Field("item:ItemId", "ItemId", _item_id, default=True)

ITEM_FIELDS: tuple[Field, ...] = (
    MIME_CONTENT,
    ITEM_ID,
    Field(
        "item:ParentFolderId", "ParentFolderId", lambda _entry, rendering: parent_folder_xml(rendering.folder)
    ),
    Field(
        "item:ItemClass",
        "ItemClass",
        lambda entry, _rendering: f"<t:ItemClass>{writing.text_of(item_class_of(entry))}</t:ItemClass>",
        lambda element, _: reading.content(element),
        item_class_of,
    ),
    text("item:Subject", "Subject", most=255, default=True),
    choice("item:Sensitivity", "Sensitivity", SENSITIVITIES, "Normal", default=True),
    BODY,
    ATTACHMENTS_FIELD,
    point_in_time("item:DateTimeReceived", "DateTimeReceived", lambda entry: entry.item.created),
    computed("item:Size", "Size", lambda entry: str(size_of(entry)), compare=size_of),
    strings("item:Categories", "Categories"),
    choice("item:Importance", "Importance", IMPORTANCES, "Normal"),
    text("item:InReplyTo", "InReplyTo"),
    fixed("item:IsSubmitted", "IsSubmitted", "false"),
    computed("item:IsDraft", "IsDraft", lambda entry: writing.boolean(bool(entry.value("item:IsDraft")))),
    fixed("item:IsFromMe", "IsFromMe", "false"),
    fixed("item:IsResend", "IsResend", "false"),
    fixed("item:IsUnmodified", "IsUnmodified", "false"),
    point_in_time("item:DateTimeSent", "DateTimeSent", lambda entry: entry.item.created),
    point_in_time("item:DateTimeCreated", "DateTimeCreated", lambda entry: entry.item.created),
    point_in_time("item:ReminderDueBy", "ReminderDueBy", lambda entry: getattr(entry, "start", None)),
    boolean("item:ReminderIsSet", "ReminderIsSet", unset=False),
    integer(
        "item:ReminderMinutesBeforeStart",
        "ReminderMinutesBeforeStart",
        unset=15,
        least=0,
        most=_LONGEST_REMINDER,
    ),
    computed(
        "item:DisplayCc",
        "DisplayCc",
        lambda entry: _names(entry, "calendar:OptionalAttendees", "message:CcRecipients"),
    ),
    computed(
        "item:DisplayTo",
        "DisplayTo",
        lambda entry: _names(entry, "calendar:RequiredAttendees", "message:ToRecipients"),
    ),
    computed(
        "item:HasAttachments",
        "HasAttachments",
        lambda entry: writing.boolean(bool(attachments_of(entry))),
        compare=lambda entry: bool(attachments_of(entry)),
        default=True,
    ),
    text("item:Culture", "Culture"),
    Field(
        "item:EffectiveRights", "EffectiveRights", lambda entry, rendering: item_rights_xml(rendering, entry)
    ),
    computed(
        "item:LastModifiedName",
        "LastModifiedName",
        lambda entry: writing.text_of(entry.item.modified_by),
        compare=lambda entry: entry.item.modified_by,
    ),
    point_in_time("item:LastModifiedTime", "LastModifiedTime", lambda entry: entry.item.modified),
    fixed("item:IsAssociated", "IsAssociated", "false", since="Exchange2010"),
    _owa_link("WebClientReadFormQueryString", "ReadItem"),
    _owa_link("WebClientEditFormQueryString", "ComposeItem"),
    Field("item:ConversationId", "ConversationId", _conversation_id, since="Exchange2010"),
    UNIQUE_BODY,
    fixed("item:Flag", "Flag", "<t:FlagStatus>NotFlagged</t:FlagStatus>", since="Exchange2013"),
    TEXT_BODY,
)


def _names(entry: Entry, *uris: str) -> str | None:
    everybody: list[Any] = [person for uri in uris for person in entry.value(uri) or ()]
    return writing.text_of("; ".join(person.name for person in everybody)) or None


MESSAGE_FIELDS: tuple[Field, ...] = (
    *ITEM_FIELDS,
    people.single_recipient("message:Sender", "Sender"),
    people.recipients("message:ToRecipients", "ToRecipients"),
    people.recipients("message:CcRecipients", "CcRecipients"),
    people.recipients("message:BccRecipients", "BccRecipients"),
    boolean("message:IsReadReceiptRequested", "IsReadReceiptRequested", unset=False),
    boolean("message:IsDeliveryReceiptRequested", "IsDeliveryReceiptRequested", unset=False),
    computed(
        "message:ConversationTopic",
        "ConversationTopic",
        lambda entry: writing.text_of(entry.value("item:Subject") or ""),
        compare=lambda entry: entry.value("item:Subject"),
    ),
    people.single_recipient("message:From", "From"),
    text("message:InternetMessageId", "InternetMessageId"),
    boolean("message:IsRead", "IsRead", unset=False, default=True),
    boolean("message:IsResponseRequested", "IsResponseRequested"),
    text("message:References", "References"),
    people.recipients("message:ReplyTo", "ReplyTo"),
)
