"""Reading the values of a fault from JSON, with one clear sentence for what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

_MOST = 10**9
_EXAMPLES = {"host": "mail.contoso.example", "mailbox": "anna@contoso.example", "operation": "FindItem"}
Choice = TypeVar("Choice", bound=str)


class FaultError(ValueError):
    """The fault is unknown or its values aren't right; the message says what is."""


class FaultValues:
    """The values of one fault; each is taken once, and what is left over at the end is an error."""

    def __init__(self, fault: str, values: Mapping[str, Any]) -> None:
        self._fault = fault
        self._values = dict(values)

    def has(self, key: str) -> bool:
        """Whether a value was given."""
        return self._values.get(key) is not None

    def number(self, key: str, default: float, *, least: float = 0, most: float) -> float:
        """Take a number; raises FaultError."""
        value = self._values.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise FaultError(
                f"{key} is a number from {least:g} to {most:g}, such as {default:g}; it was {value!r}"
            )
        return float(value)

    def whole(self, key: str, default: int, *, least: int = 0, most: int = _MOST) -> int:
        """Take a whole number; raises FaultError."""
        value = self._values.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise FaultError(
                f"{key} is a whole number from {least} to {most}, such as {default}; it was {value!r}"
            )
        return value

    def whole_or_none(self, key: str, example: int, *, least: int = 0) -> int | None:
        """Take a whole number that may be left out; raises FaultError."""
        return self.whole(key, example, least=least) if self._values.get(key) is not None else None

    def text(self, key: str, default: str) -> str:
        """Take a text; raises FaultError."""
        value = self._values.pop(key, default)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise FaultError(f'{key} is a text, such as "{default}"; it was {value!r}')
        return value

    def text_or_none(self, key: str) -> str | None:
        """Take a text that may be left out, in lower case; raises FaultError."""
        example = _EXAMPLES.get(key, "text")
        return self.text(key, example).lower() if self._values.get(key) is not None else None

    def email(self, key: str) -> str:
        """Take an email address, in lower case; raises FaultError."""
        value = self._values.pop(key, None)
        if not isinstance(value, str) or "@" not in value:
            raise FaultError(f'{key} is an email address, such as "anna@contoso.example"; it was {value!r}')
        return value.lower()

    def choice(self, key: str, among: Sequence[Choice], default: Choice) -> Choice:
        """Take one of a few words; raises FaultError."""
        value = self._values.pop(key, default)
        for word in among:
            if word == value:
                return word
        raise FaultError(f"{key} is one of {', '.join(among)}; it was {value!r}")

    def choices(self, key: str, among: Sequence[Choice]) -> tuple[Choice, ...]:
        """Take a list of a few words, in the order of `among`; raises FaultError."""
        value = self._values.pop(key, None)
        if not isinstance(value, list) or not all(word in among for word in value):
            raise FaultError(
                f'{key} is a list of {" and ".join(among)}, such as ["{among[0]}"]; it was {value!r}'
            )
        return tuple(word for word in among if word in value)

    def finish(self) -> None:
        """Raise FaultError where a value was given that the fault doesn't have."""
        if self._values:
            raise FaultError(f"{self._fault} has no value {', '.join(sorted(self._values))}")
