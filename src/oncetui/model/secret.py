"""A password from the first line that holds it to the socket it is sent on."""

import hmac
from typing import NoReturn, final


@final
class Secret:
    """A text that shows itself only where `reveal()` is called.

    It is masked in `repr`, `str` and formatting, so tracebacks that print locals stay clean, and it
    refuses to be pickled or copied into another process.
    """

    __slots__ = ("_text",)
    __hash__ = None  # type: ignore[assignment]  # a hash of a password is a fingerprint of it

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself; call it where the secret is used and nowhere else."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled")
