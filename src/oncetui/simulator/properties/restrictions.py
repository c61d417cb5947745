"""Restrictions: which items or folders a search is about."""

import operator
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from oncetui.simulator.mailboxes.extended import ExtendedName
from oncetui.simulator.properties.extended import read_name
from oncetui.simulator.properties.store_properties import is_worked_out
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

Predicate = Callable[[Any], bool]
Getter = Callable[[Any], Any]
Paths = Callable[[Element], Getter]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "IsEqualTo": operator.eq,
    "IsNotEqualTo": operator.ne,
    "IsGreaterThan": operator.gt,
    "IsGreaterThanOrEqualTo": operator.ge,
    "IsLessThan": operator.lt,
    "IsLessThanOrEqualTo": operator.le,
}
_MODES = ("FullString", "Prefixed", "Substring", "PrefixOnWords", "ExactPhrase")
_FOLDINGS = (
    "Exact",
    "IgnoreCase",
    "IgnoreNonSpacingCharacters",
    "Loose",
    "IgnoreCaseAndNonSpacingCharacters",
    "LooseAndIgnoreCase",
    "LooseAndIgnoreNonSpace",
    "LooseAndIgnoreCaseAndIgnoreNonSpace",
)
_MOST_EXPRESSIONS = 255


def read_restriction(element: Element, paths: Paths) -> Predicate:
    """Return the predicate in a Restriction element; `paths` tells how to get at a property."""
    if sum(1 for _ in element.iter()) > _MOST_EXPRESSIONS * 4:
        raise EwsError("ErrorRestrictionTooLong", "The restriction is too long.")
    expressions = list(reading.children(element))
    if len(expressions) != 1:
        raise reading.violation(element, "The element 'Restriction' holds one search expression.")
    return _expression(expressions[0], paths)


def pinned_text(element: Element) -> tuple[ExtendedName, str] | None:
    """Return the extended text property, and its value, that everything found must have, if there is one."""
    for part in reading.children(element):
        name = reading.local_name(part)
        found = _pinned_here(part) if name == "IsEqualTo" else pinned_text(part) if name == "And" else None
        if found is not None:
            return found
    return None


def _pinned_here(element: Element) -> tuple[ExtendedName, str] | None:
    path = reading.child(element, "ExtendedFieldURI")
    other = reading.needed(element, "FieldURIOrConstant")
    constant = reading.child(other, "Constant")
    if path is None or constant is None:
        return None
    name = read_name(path)
    if name.type != "String" or is_worked_out(name):
        return None
    return name, reading.needed_attribute(constant, "Value")


def _expression(element: Element, paths: Paths) -> Predicate:
    name = reading.local_name(element)
    if name in _COMPARISONS:
        return _comparison(element, paths, name)
    match name:
        case "And" | "Or":
            parts = [_expression(part, paths) for part in reading.children(element)]
            every: Callable[..., bool] = all if name == "And" else any
            return lambda subject: every(part(subject) for part in parts)
        case "Not":
            inner = _expression(_only_child(element), paths)
            return lambda subject: not inner(subject)
        case "Exists":
            getter = paths(_only_child(element))
            return lambda subject: getter(subject) not in {None, ()}
        case "Contains":
            return _contains(element, paths)
        case "Excludes":
            return _excludes(element, paths)
        case _:
            raise reading.violation(element, f"The element 'Restriction' has invalid child element '{name}'.")


def _comparison(element: Element, paths: Paths, name: str) -> Predicate:
    path = next(reading.children(element), None)
    other = reading.needed(element, "FieldURIOrConstant")
    if path is None:
        raise reading.violation(element, f"The element '{name}' has incomplete content.")
    left, right = paths(path), _operand(other, paths)
    compare = _COMPARISONS[name]

    def matches(subject: Any) -> bool:
        value = left(subject)
        if value is None:
            return name == "IsNotEqualTo"
        if isinstance(value, tuple):
            found = any(
                _compare(compare if name != "IsNotEqualTo" else operator.eq, one, right(subject))
                for one in value
            )
            return found != (name == "IsNotEqualTo")
        return _compare(compare, value, right(subject))

    return matches


def _operand(element: Element, paths: Paths) -> Getter:
    inner = _only_child(element)
    if reading.local_name(inner) == "Constant":
        constant = reading.needed_attribute(inner, "Value")
        return lambda _subject: constant
    return paths(inner)


def _compare(compare: Callable[[Any, Any], bool], value: Any, other: Any) -> bool:
    if other is None:
        return compare is operator.ne
    if isinstance(other, str):
        other = as_type_of(value, other)
    try:
        return compare(_folded(value), _folded(other))
    except TypeError as error:
        sentence = "Two properties of different types can't be compared."
        raise EwsError("ErrorInvalidValueForProperty", sentence) from error


def as_type_of(value: Any, constant: str) -> Any:
    """Return a request's constant in the type of the value that it is compared with."""
    try:
        if isinstance(value, bool):
            return {"true": True, "1": True, "false": False, "0": False}[constant.strip().lower()]
        if isinstance(value, datetime):
            return reading.moment(constant, UTC)
        if isinstance(value, int | float):
            return type(value)(constant)
    except (ValueError, KeyError) as error:
        sentence = f"The value '{constant}' isn't of the type of the property that it is compared with."
        raise EwsError("ErrorInvalidValueForProperty", sentence) from error
    return constant


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _contains(element: Element, paths: Paths) -> Predicate:
    parts = list(reading.children(element))
    if not parts or reading.child(element, "Constant") is None:
        raise reading.violation(element, "The element 'Contains' has incomplete content.")
    getter = paths(parts[0])
    constant = reading.needed_attribute(reading.needed(element, "Constant"), "Value")
    mode = _word(element, "ContainmentMode", _MODES)
    comparison = _word(element, "ContainmentComparison", _FOLDINGS)
    wanted = _folded_for(comparison, constant)

    def matches(subject: Any) -> bool:
        value = getter(subject)
        values = value if isinstance(value, tuple) else (value,)
        return any(
            _holds(mode, _folded_for(comparison, text), wanted) for text in values if isinstance(text, str)
        )

    return matches


def _word(element: Element, attribute: str, words: Sequence[str]) -> str:
    word = element.get(attribute, words[0])
    if word not in words:
        raise reading.violation(
            element, f"The '{attribute}' attribute is invalid - The value '{word}' is unknown."
        )
    return word


def _folded_for(comparison: str, text: str) -> str:
    if "NonSpacing" in comparison or "Loose" in comparison:
        parts = unicodedata.normalize("NFD", text)
        text = "".join(part for part in parts if not unicodedata.combining(part))
    return text.casefold() if "IgnoreCase" in comparison or "Loose" in comparison else text


def _holds(mode: str, text: str, wanted: str) -> bool:
    match mode:
        case "FullString":
            return text == wanted
        case "Prefixed":
            return text.startswith(wanted)
        case "PrefixOnWords":
            return any(
                text[at:].startswith(wanted)
                for at in range(len(text))
                if at == 0 or not text[at - 1].isalnum()
            )
        case _:
            return wanted in text


def _excludes(element: Element, paths: Paths) -> Predicate:
    parts = list(reading.children(element))
    mask_element = reading.needed(element, "Bitmask")
    text = reading.needed_attribute(mask_element, "Value")
    try:
        mask = int(text, 0)
    except ValueError as error:
        raise reading.violation(
            mask_element, f"The 'Value' attribute is invalid - '{text}' is no bit mask."
        ) from error
    getter = paths(parts[0])

    def matches(subject: Any) -> bool:
        value = getter(subject)
        return isinstance(value, int) and value & mask == 0

    return matches


def _only_child(element: Element) -> Element:
    inner = next(reading.children(element), None)
    if inner is None:
        raise reading.violation(
            element, f"The element '{reading.local_name(element)}' has incomplete content."
        )
    return inner
