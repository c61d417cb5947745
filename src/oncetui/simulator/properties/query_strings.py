"""Query strings: the part of Advanced Query Syntax that names words and the usual properties."""

import re
from collections.abc import Callable
from typing import Any

from oncetui.simulator.mailboxes.items import CalendarItem, Entry
from oncetui.simulator.properties.people import Person
from oncetui.simulator.properties.restrictions import Predicate

# A word or phrase, with a property before a colon or without one.
_TERM = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))')
_KINDS = {"email": ("Message",), "meetings": ("CalendarItem",), "contacts": ("Contact",), "tasks": ("Task",)}


def read_query(text: str) -> Predicate:
    """Return the predicate of a query; words without OR between them have to be there all of them."""
    alternatives: list[list[Predicate]] = [[]]
    negated = False
    for match in _TERM.finditer(text):
        name, phrase, word = match.groups()
        if name is None and word in {"AND", "OR", "NOT"}:
            negated = word == "NOT"
            if word == "OR":
                alternatives.append([])
            continue
        term = _term(name, phrase if phrase is not None else word)
        alternatives[-1].append(_not(term) if negated else term)
        negated = False
    return lambda entry: any(all(term(entry) for term in terms) for terms in alternatives)


def _not(term: Predicate) -> Predicate:
    return lambda entry: not term(entry)


def _term(name: str | None, wanted: str) -> Predicate:
    known = _PROPERTIES.get((name or "").lower())
    if known is not None:
        return known(wanted)
    if name is None:
        return lambda entry: _has_words(wanted, *_all_texts(entry))
    return lambda entry: _has_words(f"{name}:{wanted}", *_all_texts(entry))


def _has_words(wanted: str, *texts: str) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(wanted.rstrip('*'))}", re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def _subject(entry: Entry) -> str:
    return str(entry.value("item:Subject") or "")


def _body(entry: Entry) -> str:
    body = entry.value("item:Body")
    return "" if body is None else str(body.as_type("Text").text)


def _people(*uris: str) -> Callable[[Entry], list[str]]:
    def texts(entry: Entry) -> list[str]:
        found: list[str] = []
        for uri in uris:
            value = entry.value(uri)
            people: tuple[Person, ...] = (value,) if isinstance(value, Person) else value or ()
            found.extend(text for person in people for text in (person.name, person.address))
        return found

    return texts


_FROM = _people("message:From", "message:Sender", "calendar:Organizer")
_TO = _people("message:ToRecipients", "calendar:RequiredAttendees")
_CC = _people("message:CcRecipients", "calendar:OptionalAttendees")


def _all_texts(entry: Entry) -> list[str]:
    place = str(entry.value("calendar:Location") or "")
    return [_subject(entry), _body(entry), place, *_FROM(entry), *_TO(entry), *_CC(entry)]


def _texts(texts: Callable[[Entry], Any]) -> Callable[[str], Predicate]:
    return lambda wanted: lambda entry: _has_words(wanted, *texts(entry))


def _kind(wanted: str) -> Predicate:
    kinds = _KINDS.get(wanted.lower(), ())
    return lambda entry: (
        entry.item.element in kinds or (wanted.lower() == "meetings" and isinstance(entry.item, CalendarItem))
    )


_PROPERTIES: dict[str, Callable[[str], Predicate]] = {
    "subject": _texts(lambda entry: (_subject(entry),)),
    "body": _texts(lambda entry: (_body(entry),)),
    "from": _texts(_FROM),
    "to": _texts(_TO),
    "cc": _texts(_CC),
    "participants": _texts(lambda entry: (*_FROM(entry), *_TO(entry), *_CC(entry))),
    "category": _texts(lambda entry: entry.value("item:Categories") or ()),
    "importance": lambda wanted: (
        lambda entry: str(entry.value("item:Importance") or "Normal").lower() == wanted.lower()
    ),
    "hasattachment": lambda wanted: (
        lambda entry: bool(entry.value("item:Attachments")) == (wanted.lower() in {"yes", "true", "1"})
    ),
    "kind": _kind,
}
