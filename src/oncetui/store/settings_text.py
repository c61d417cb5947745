"""How a connection is written in the settings file, and read from it."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from oncetui.model.connection import (
    ConnectionSettings,
    KeptIn,
    NetworkRoute,
    Scheme,
    ServerFacts,
    SignIn,
    SyncMode,
    UsernameForm,
)

Chosen = TypeVar("Chosen", bound=StrEnum)


class UnreadableSettingError(ValueError):
    """A value that can't stand; `key` is the name it was written under."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key} {reason}")
        self.key = key


def written(settings: ConnectionSettings) -> dict[str, str | list[str] | None]:
    """Return the lines of a connection by key, None for those that aren't there.

    Detours and passwords are never among them. Raises ValueError where the proxy's address holds a password.
    """
    route = settings.route
    if route.proxy is not None and "@" in route.proxy:
        raise ValueError("A proxy's address holds no user and password, as in http://proxy.example:3128.")
    return {
        "mailbox": settings.mailbox,
        "ews_url": settings.ews_url,
        "username": settings.sign_in.username,
        "username_form": str(settings.sign_in.form),
        "scheme": str(settings.sign_in.scheme),
        "password_kept_in": str(settings.kept_in),
        "password_command": list(settings.password_command) or None,
        "secret_version": settings.secret_version,
        "sync_mode": str(settings.sync_mode),
        "server_build": settings.server.build,
        "server_schema": settings.server.schema,
        "found_by": settings.found_by,
        **written_way(route),
    }


def written_way(route: NetworkRoute) -> dict[str, str | list[str] | None]:
    """Return the lines of a way to a server, None for those that aren't there; never a password or detour."""
    return {
        "ca_file": None if route.ca_file is None else str(route.ca_file),
        "proxy": route.proxy,
        "proxy_user": route.proxy_user,
        "pins": [f"{host} {fingerprint}" for host, fingerprint in route.pins] or None,
    }


def way_in(lines: Mapping[str, Any]) -> NetworkRoute:
    """Return the way to a server that the lines tell; raise `UnreadableSettingError` where they don't."""
    ca_file = _optional(lines, "ca_file")
    return NetworkRoute(
        ca_file=None if ca_file is None else Path(ca_file),
        proxy=_optional(lines, "proxy"),
        proxy_user=_optional(lines, "proxy_user"),
        pins=_pins(lines),
    )


def read(lines: Mapping[str, Any]) -> ConnectionSettings:
    """Return the connection that the lines tell; raise `UnreadableSettingError` where they don't."""
    return ConnectionSettings(
        mailbox=_text(lines, "mailbox"),
        ews_url=_text(lines, "ews_url"),
        sign_in=SignIn(
            _text(lines, "username"),
            _one_of(UsernameForm, lines, "username_form"),
            _one_of(Scheme, lines, "scheme"),
        ),
        kept_in=_one_of(KeptIn, lines, "password_kept_in"),
        secret_version=_text(lines, "secret_version"),
        sync_mode=_one_of(SyncMode, lines, "sync_mode", SyncMode.REAL_TIME),
        server=ServerFacts(_optional(lines, "server_build"), _optional(lines, "server_schema")),
        route=way_in(lines),
        found_by=_optional(lines, "found_by") or "entered",
        password_command=_words(lines, "password_command"),
    )


def _text(lines: Mapping[str, Any], key: str) -> str:
    value = _optional(lines, key)
    if value is None:
        raise UnreadableSettingError(key, "is missing")
    return value


def _optional(lines: Mapping[str, Any], key: str) -> str | None:
    value = lines.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadableSettingError(key, 'is no text; a text stands in quotation marks, as in "anna"')
    return value


def _one_of(choices: type[Chosen], lines: Mapping[str, Any], key: str, usual: Chosen | None = None) -> Chosen:
    if usual is not None and key not in lines:
        return usual
    value = _text(lines, key)
    try:
        return choices(value)
    except ValueError:
        raise UnreadableSettingError(key, f"is “{value}”, and not one of {', '.join(choices)}") from None


def _words(lines: Mapping[str, Any], key: str) -> tuple[str, ...]:
    words = lines.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise UnreadableSettingError(key, 'is no list of texts, as in ["pass", "show", "exchange"]')
    return tuple(words)


def _pins(lines: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pins = lines.get("pins", [])
    if not isinstance(pins, list):
        raise UnreadableSettingError("pins", "is no list")
    pairs = [tuple(pin.rsplit(" ", 1)) if isinstance(pin, str) else () for pin in pins]
    if any(len(pair) != 2 for pair in pairs):
        raise UnreadableSettingError("pins", "holds an entry that isn't a host, a space and a fingerprint")
    return tuple((pair[0], pair[1]) for pair in pairs)
