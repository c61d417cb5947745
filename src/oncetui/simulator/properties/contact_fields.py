"""The properties of contacts and of distribution lists, in the order of the schema."""

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties import people
from oncetui.simulator.properties.entries_by_key import by_key
from oncetui.simulator.properties.field import (
    Field,
    Rendering,
    choice,
    computed,
    moment,
    strings,
    text,
)
from oncetui.simulator.properties.item_fields import ITEM_FIELDS
from oncetui.simulator.soap import writing

_PARTS = ("Street", "City", "State", "CountryOrRegion", "PostalCode")
_PHONES = (
    "AssistantPhone",
    "BusinessFax",
    "BusinessPhone",
    "BusinessPhone2",
    "Callback",
    "CarPhone",
    "CompanyMainPhone",
    "HomeFax",
    "HomePhone",
    "HomePhone2",
    "Isdn",
    "MobilePhone",
    "OtherFax",
    "OtherTelephone",
    "Pager",
    "PrimaryPhone",
    "RadioPhone",
    "Telex",
    "TtyTddPhone",
)
_MAPPINGS = (
    "None",
    "LastCommaFirst",
    "FirstSpaceLast",
    "Company",
    "LastCommaFirstCompany",
    "CompanyLastFirst",
    "LastFirst",
    "LastFirstCompany",
    "CompanyLastCommaFirst",
    "LastFirstSuffix",
    "LastSpaceFirstCompany",
    "CompanyLastSpaceFirst",
    "LastSpaceFirst",
    "DisplayName",
    "FirstName",
    "LastFirstMiddleSuffix",
    "LastName",
    "Empty",
)
_NAME_PARTS = (("FirstName", "GivenName"), ("MiddleName", "MiddleName"), ("LastName", "Surname"))
# The property that an indexed path of a contact is about, and the part of an entry where it has parts.
INDEXED = {
    "contacts:EmailAddress": ("contacts:EmailAddresses", ""),
    "contacts:ImAddress": ("contacts:ImAddresses", ""),
    "contacts:PhoneNumber": ("contacts:PhoneNumbers", ""),
    **{f"contacts:PhysicalAddress:{part}": ("contacts:PhysicalAddresses", part) for part in _PARTS},
}


def _complete_name(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
    parts = [(tag, str(entry.value(f"contacts:{name}") or "")) for tag, name in _NAME_PARTS]
    full = " ".join(part for _, part in parts if part)
    if not full:
        return ""
    given = "".join(f"<t:{tag}>{writing.text_of(part)}</t:{tag}>" for tag, part in parts if part)
    return f"<t:CompleteName>{given}<t:FullName>{writing.text_of(full)}</t:FullName></t:CompleteName>"


# More than that of a person's name is cut off.
_MOST_CHARACTERS = 255
_NAMES = frozenset({"GivenName", "MiddleName", "Surname"})


def _text(name: str, *, default: bool = False) -> Field:
    most = _MOST_CHARACTERS if name in _NAMES else None
    return text(f"contacts:{name}", name, most=most, default=default)


CONTACT_FIELDS: tuple[Field, ...] = (
    *ITEM_FIELDS,
    _text("FileAs", default=True),
    choice("contacts:FileAsMapping", "FileAsMapping", _MAPPINGS, None),
    _text("DisplayName"),
    _text("GivenName"),
    _text("Initials"),
    _text("MiddleName"),
    _text("Nickname"),
    Field("contacts:CompleteName", "CompleteName", _complete_name, default=True),
    _text("CompanyName", default=True),
    by_key("contacts:EmailAddresses", "EmailAddresses", ("EmailAddress1", "EmailAddress2", "EmailAddress3")),
    by_key("contacts:PhysicalAddresses", "PhysicalAddresses", ("Business", "Home", "Other"), _PARTS),
    by_key("contacts:PhoneNumbers", "PhoneNumbers", _PHONES),
    _text("AssistantName"),
    moment("contacts:Birthday", "Birthday"),
    _text("BusinessHomePage"),
    strings("contacts:Children", "Children"),
    strings("contacts:Companies", "Companies"),
    computed("contacts:ContactSource", "ContactSource", lambda _entry: "Store"),
    _text("Department"),
    _text("Generation"),
    by_key("contacts:ImAddresses", "ImAddresses", ("ImAddress1", "ImAddress2", "ImAddress3")),
    _text("JobTitle"),
    _text("Manager"),
    _text("Mileage"),
    _text("OfficeLocation"),
    choice(
        "contacts:PostalAddressIndex", "PostalAddressIndex", ("None", "Business", "Home", "Other"), "None"
    ),
    _text("Profession"),
    _text("SpouseName"),
    _text("Surname"),
    moment("contacts:WeddingAnniversary", "WeddingAnniversary"),
    computed("contacts:HasPicture", "HasPicture", lambda _entry: "false"),
)
LIST_FIELDS: tuple[Field, ...] = (
    *ITEM_FIELDS,
    text("contacts:DisplayName", "DisplayName", default=True),
    text("contacts:FileAs", "FileAs"),
    computed("contacts:ContactSource", "ContactSource", lambda _entry: "Store"),
    people.members("distributionlist:Members", "Members"),
)
