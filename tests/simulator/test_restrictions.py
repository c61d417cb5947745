"""Restrictions in full: bits, words, accents, two properties, folders."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.simulator.events import add_event
from oncetui.simulator.world import Exchange

from .asking import Client, Reply, small_world

BITS = 'PropertySetId="8c4d1f6e-52ab-4a0f-9d5e-6f1f3a7d2b90" PropertyName="bits" PropertyType="Integer"'
SUBJECT = '<t:FieldURI FieldURI="item:Subject"/>'
START = '<t:FieldURI FieldURI="calendar:Start"/>'
END = '<t:FieldURI FieldURI="calendar:End"/>'
SIZE = '<t:FieldURI FieldURI="item:Size"/>'


def note(anna: Client, subject: str, more: str = "") -> None:
    anna.create(
        f"<t:Subject>{subject}</t:Subject>{more}<t:Start>2026-12-01T09:00:00Z</t:Start>"
        "<t:End>2026-12-01T10:00:00Z</t:End>"
    )


def find(anna: Client, restriction: str) -> Reply:
    return anna.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>'
        f"<m:Restriction>{restriction}</m:Restriction><m:ParentFolderIds>"
        '<t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>'
    )


def folders(anna: Client, restriction: str) -> Reply:
    return anna.ask(
        '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>'
        f"<m:Restriction>{restriction}</m:Restriction><m:ParentFolderIds>"
        '<t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>'
    )


def excluded(path: str, mask: str) -> str:
    return f'<t:Excludes>{path}<t:Bitmask Value="{mask}"/></t:Excludes>'


def contained(value: str, mode: str = "Substring", comparison: str = "Exact", path: str = SUBJECT) -> str:
    return (
        f'<t:Contains ContainmentMode="{mode}" ContainmentComparison="{comparison}">{path}'
        f'<t:Constant Value="{value}"/></t:Contains>'
    )


@pytest.mark.parametrize(
    ("mask", "expected"), [("1", ["four"]), ("0x4", ["one"]), ("5", []), ("8", ["one", "four"])]
)
def test_bits_of_an_extended_property_are_excluded(anna: Client, mask: str, expected: list[str]) -> None:
    for subject, bits in (("one", 1), ("four", 4)):
        value = (
            f"<t:ExtendedProperty><t:ExtendedFieldURI {BITS}/><t:Value>{bits}</t:Value></t:ExtendedProperty>"
        )
        note(anna, subject, value)
    note(anna, "none")
    assert find(anna, excluded(f"<t:ExtendedFieldURI {BITS}/>", mask)).all("Subject") == expected


def test_bits_of_a_folders_property_are_excluded(exchange: Exchange, anna: Client) -> None:
    event = {"subject": "A", "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T10:00:00Z"}
    add_event(exchange, anna.mailbox, event)
    found = folders(anna, excluded('<t:FieldURI FieldURI="folder:TotalCount"/>', "1"))
    assert "Calendar" not in found.all("DisplayName")
    assert "Inbox" in found.all("DisplayName")


@pytest.mark.parametrize("mask", ["", "x", "0x"])
def test_a_mask_that_is_none_is_a_schema_violation(anna: Client, mask: str) -> None:
    request = find_request(excluded(SIZE, mask))
    assert anna.fault(request) == "ErrorSchemaValidation"


def find_request(restriction: str) -> str:
    return (
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
        f"<m:Restriction>{restriction}</m:Restriction><m:ParentFolderIds>"
        '<t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>'
    )


@pytest.mark.parametrize(
    ("value", "mode", "comparison", "fits"),
    [
        ("cafe noir", "FullString", "Exact", False),
        ("Café Noir", "FullString", "Exact", True),
        ("CAFÉ", "Prefixed", "IgnoreCase", True),
        ("Cafe", "Prefixed", "IgnoreNonSpacingCharacters", True),
        ("cafe", "Prefixed", "IgnoreNonSpacingCharacters", False),
        ("cafe", "Prefixed", "IgnoreCaseAndNonSpacingCharacters", True),
        ("NOIR", "PrefixOnWords", "Loose", True),
        ("oir", "PrefixOnWords", "Loose", False),
        ("é N", "ExactPhrase", "Exact", True),
    ],
)
def test_texts_are_contained_by_mode_and_comparison(
    anna: Client, value: str, mode: str, comparison: str, *, fits: bool
) -> None:
    note(anna, "Café Noir")
    assert find(anna, contained(value, mode, comparison)).all("Subject") == (["Café Noir"] if fits else [])


@pytest.mark.parametrize(("mode", "comparison"), [("Somewhere", "Exact"), ("Substring", "Roughly")])
def test_a_way_of_containing_that_is_none_is_a_schema_violation(
    anna: Client, mode: str, comparison: str
) -> None:
    assert anna.fault(find_request(contained("x", mode, comparison))) == "ErrorSchemaValidation"


def test_two_properties_are_compared_with_each_other(anna: Client) -> None:
    note(anna, "Plan")
    before = f"<t:IsLessThan>{START}<t:FieldURIOrConstant>{END}</t:FieldURIOrConstant></t:IsLessThan>"
    after = before.replace("IsLessThan", "IsGreaterThan")
    assert (find(anna, before).all("Subject"), find(anna, after).all("Subject")) == (["Plan"], [])


def test_properties_of_different_types_are_not_compared(anna: Client) -> None:
    note(anna, "Plan")
    mixed = f"<t:IsLessThan>{START}<t:FieldURIOrConstant>{SIZE}</t:FieldURIOrConstant></t:IsLessThan>"
    assert find(anna, mixed).code == "ErrorInvalidValueForProperty"


TEXTS = st.text("aÀbB é", min_size=1, max_size=6).filter(lambda text: bool(text.strip()))


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_a_search_without_case_and_accents_finds_what_it_should(subject: str, wanted: str) -> None:
    def bare(text: str) -> str:
        parts = unicodedata.normalize("NFD", text)
        return "".join(part for part in parts if not unicodedata.combining(part)).casefold()

    anna = Client(small_world())
    note(anna, subject)
    found = find(anna, contained(wanted, "Substring", "IgnoreCaseAndNonSpacingCharacters"))
    assert bool(found.ids) == (bare(wanted) in bare(subject))
