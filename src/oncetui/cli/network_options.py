"""The global options that say how to get to a server, and the passphrase of a file."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from oncetui.cli.input import asked_password, at_a_terminal
from oncetui.model.connection import Detour, NetworkRoute
from oncetui.model.pins import pin_of
from oncetui.model.proxy_address import proxy_address
from oncetui.model.secret import Secret

Meant = TypeVar("Meant")


def detour_of(text: str) -> Detour:
    """Return the detour that HOST:PORT:HOST2:PORT2 means, as curl writes it; IPv6 stands in brackets.

    Raises ValueError with one sentence where it means none.
    """
    try:
        host, port, to_host, to_port = _split(text)
        detour = Detour(host.lower(), _port(port), to_host, _port(to_port))
    except ValueError:
        detour = None
    if detour is None or not detour.host or not detour.to_host:
        raise ValueError(f"“{text}” is no detour; one is written mail.contoso.example:443:127.0.0.1:8443.")
    return detour


def route_of(
    connect_to: Iterable[str],
    ca_file: Path | None,
    proxy: str | None,
    proxy_user: str | None,
    proxy_password_file: Path | None,
) -> NetworkRoute:
    """Return the way to the server that the options tell; raise a usage error where one means nothing."""
    option = "--proxy-password-file"
    password = None if proxy_password_file is None else _first_line(proxy_password_file, option)
    return NetworkRoute(
        ca_file=None if ca_file is None else _looked_into(ca_file),
        proxy=None if proxy is None else _meant(proxy_address, proxy, "--proxy"),
        proxy_user=proxy_user,
        proxy_password=password,
        detours=tuple(_meant(detour_of, text, "--connect-to") for text in connect_to),
    )


def passphrase_of(file: Path | None) -> Secret | None:
    """Return the passphrase of a file, None without one; raise a usage error where it holds none."""
    if file is None:
        return None
    option = "--passphrase-file"
    passphrase = _first_line(file, option)
    if not passphrase:
        raise click.BadParameter(f"the first line of {file} is empty.", param_hint=option)
    return passphrase


def pin_told(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """Return a pin as 64 hexadecimal digits, an empty one as it is; for a `--pin` option of click."""
    return given if not given else _meant(pin_of, given, "--pin")


def pins_told(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return pins as 64 hexadecimal digits each, empty ones left out; for a `--pin` that may be repeated."""
    told = (pin_told(context, option, one) for one in given)
    return tuple(dict.fromkeys(pin for pin in told if pin))


def _looked_into(ca_file: Path) -> Path:
    from oncetui.setup.certificates import ca_file_from

    return _meant(ca_file_from, str(ca_file), "--ca-file")


def with_asked_password(route: NetworkRoute) -> NetworkRoute:
    """Ask for the proxy's password where somebody can be asked."""
    if not at_a_terminal(sys.stdin):
        return route
    return replace(route, proxy_password=asked_password(f"Password of {route.proxy_user} at the proxy"))


def _meant(meaning: Callable[[str], Meant], text: str, option: str) -> Meant:
    try:
        return meaning(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _first_line(path: Path, option: str) -> Secret:
    try:
        with path.open(encoding="utf-8") as lines:
            return Secret(lines.readline().rstrip("\r\n"))
    except (OSError, UnicodeDecodeError):
        raise click.BadParameter(
            f"{path} can't be read; name a file of UTF-8 whose first line it is.", param_hint=option
        ) from None


def _split(text: str) -> list[str]:
    """Split at colons, but not inside brackets."""
    parts, depth = [""], 0
    for character in text:
        if character == ":" and depth == 0:
            parts.append("")
        elif character in "[]":
            depth += 1 if character == "[" else -1
        else:
            parts[-1] += character
    return parts


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number < 65536:
        raise ValueError
    return number
