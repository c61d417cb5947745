"""Certificates that a person agreed to: a host and the SHA-256 of the one certificate that it may show."""

import re
from collections.abc import Iterable

Pins = tuple[tuple[str, str], ...]
GROUPS_A_LINE = 16


def pin_of(text: str) -> str:
    """Return the SHA-256 that a text means, as 64 lower-case hexadecimal digits.

    Colons, blanks and the case of letters don't matter. Raises ValueError with one sentence for any other
    text.
    """
    digits = re.sub(r"[:\s]", "", text.strip().removeprefix("SHA-256").removeprefix("sha256")).lower()
    if re.fullmatch(r"[0-9a-f]{40}", digits):
        raise ValueError(
            "That is a SHA-1, which can be forged; a pin is the SHA-256, as in 3F:9A:… (64 digits)."
        )
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise ValueError("A pin is the SHA-256 of a certificate, 64 hexadecimal digits, as in 3F:9A:…")
    return digits


def fingerprint(digits: str) -> str:
    """Return hexadecimal digits as certificates are compared by eye, as in `3F:9A:…`."""
    return ":".join(digits[i : i + 2] for i in range(0, len(digits), 2)).upper()


def fingerprint_lines(text: str) -> tuple[str, ...]:
    """Return a fingerprint in lines of 16 groups, so that it can be read on a small screen."""
    groups = text.split(":")
    return tuple(":".join(groups[i : i + GROUPS_A_LINE]) for i in range(0, len(groups), GROUPS_A_LINE))


def pinned(pins: Pins, host: str, digits: str) -> Pins:
    """Return the pins with this host's replaced; without digits the host goes back to the authorities."""
    others = tuple(pair for pair in pins if pair[0].lower() != host.lower())
    return (*others, (host.lower(), digits)) if digits else others


def pin_for(pins: Iterable[tuple[str, str]], host: str) -> str | None:
    """Return the SHA-256 that a host is pinned to, None where its chain is checked."""
    return next((digits for name, digits in pins if name.lower() == host.lower() and digits), None)
