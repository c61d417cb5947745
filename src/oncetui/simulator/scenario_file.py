"""Scenarios in TOML files: mail domains, mailboxes, calendars, events, and faults to begin with."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from oncetui.simulator.calendars.zones import UnknownZoneError, Zone
from oncetui.simulator.events import BadEventError, add_event
from oncetui.simulator.mailboxes.rights import LEVELS
from oncetui.simulator.mailboxes.tree import CALENDAR_CLASS
from oncetui.simulator.world import (
    AutodiscoverAnswer,
    Exchange,
    Mailbox,
    MailDomain,
    Scheme,
    UserNameForm,
    expiry_in,
)

_DOMAIN_KEYS = ("name", "autodiscover", "ews_host", "autodiscover_host", "redirect_to")
_MAILBOX_KEYS = (
    "email", "password", "display_name", "username", "windows_domain", "upn", "schemes", "forms", "needs",
    "time_zone", "password_expires", "aliases", "calendars", "events",
)  # fmt: skip
_CALENDAR_KEYS = ("name", "read_only", "default_level", "permissions")
_KEYS = ("windows_domain", "generation", "domains", "mailboxes", "faults")


class UnreadableScenarioError(ValueError):
    """The file is no scenario; the sentence says what is wrong in it."""


@dataclass(frozen=True)
class ScenarioFile:
    """What a file holds; `generation` is None where it names none."""

    exchange: Exchange
    generation: str | None
    faults: Mapping[str, Mapping[str, Any]]


def read_scenario(path: Path, now: Callable[[], datetime]) -> ScenarioFile:
    """Read a scenario's file; `now` gives aware UTC datetimes. Raises UnreadableScenarioError."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return _scenario(given, now)
    except OSError as error:
        raise UnreadableScenarioError(f"{path} can't be read: {error.strerror}") from error
    except (ValueError, TypeError, LookupError) as error:
        raise UnreadableScenarioError(f"{path}: {error}") from error


def _scenario(given: Mapping[str, Any], now: Callable[[], datetime]) -> ScenarioFile:
    _check("a scenario", given, _KEYS, ("domains", "mailboxes"))
    exchange = Exchange(given.get("windows_domain", "CONTOSO"), now)
    for domain in given["domains"]:
        exchange.add_domain(_domain(domain))
    for mailbox in given["mailboxes"]:
        _add_mailbox(exchange, mailbox)
    for mailbox in given["mailboxes"]:
        _fill(exchange, mailbox)
    return ScenarioFile(exchange, given.get("generation"), given.get("faults", {}))


def _domain(given: Mapping[str, Any]) -> MailDomain:
    _check("a domain", given, _DOMAIN_KEYS, ("name",))
    name = given["name"]
    answer = _one_of("autodiscover", given.get("autodiscover", "works"), get_args(AutodiscoverAnswer))
    return MailDomain(
        name,
        answer,
        given.get("ews_host", f"mail.{name}"),
        given.get("autodiscover_host", f"autodiscover.{name}"),
        given.get("redirect_to"),
    )


def _add_mailbox(exchange: Exchange, given: Mapping[str, Any]) -> None:
    _check("a mailbox", given, _MAILBOX_KEYS, ("email", "password"))
    email = given["email"]
    if exchange.domain_of(email) is None:
        names = ", ".join(exchange.domains)
        raise ValueError(f"the mailbox {email} is in none of the domains, which are: {names}")
    name = email.partition("@")[0]
    more: dict[str, Any] = {"time_zone": _time_zone(given["time_zone"])} if "time_zone" in given else {}
    if "schemes" in given:
        more["schemes"] = tuple(_one_of("schemes", one, get_args(Scheme)) for one in given["schemes"])
    if "forms" in given:
        more["forms"] = frozenset(_one_of("forms", one, get_args(UserNameForm)) for one in given["forms"])
    if "password_expires" in given:
        more["password_expires"] = expiry_in(given["password_expires"])
    exchange.add_mailbox(
        Mailbox(
            email,
            given.get("display_name", name.title()),
            given.get("username", name),
            given.get("windows_domain", exchange.windows_domain),
            given.get("upn", email),
            given["password"],
            needs=tuple(given.get("needs", ())),
            aliases=tuple(given.get("aliases", ())),
            **more,
        )
    )


def _time_zone(name: Any) -> str:
    try:
        Zone.of_iana(name)
    except UnknownZoneError as error:
        wanted = "the IANA name that stands for a Windows time zone, such as Europe/Berlin"
        raise ValueError(f"time_zone is {wanted}; it was {name!r}") from error
    return str(name)


def _fill(exchange: Exchange, given: Mapping[str, Any]) -> None:
    mailbox = exchange.mailboxes[given["email"].lower()]
    folders = mailbox.folders
    for calendar in given.get("calendars", ()):
        _check("a calendar", calendar, _CALENDAR_KEYS, ("name",))
        own = calendar["name"] == folders.calendar.name
        folder = (
            folders.calendar
            if own
            else folders.create_folder(folders.calendar, calendar["name"], CALENDAR_CLASS)
        )
        folder.default_level = _one_of("default_level", calendar.get("default_level", "None"), tuple(LEVELS))
        for email, level in calendar.get("permissions", {}).items():
            folder.permissions[email.lower()] = _one_of("permissions", level, tuple(LEVELS))
        folder.read_only = calendar.get("read_only", False)
    for event in given.get("events", ()):
        try:
            add_event(exchange, mailbox, event)
        except BadEventError as error:
            raise ValueError(f"an event of {mailbox.email}: {error}") from error


def _check(what: str, given: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if not isinstance(given, Mapping):
        raise TypeError(f"{what} is a table, not {given!r}")
    for key in needed:
        if key not in given:
            raise ValueError(f"{what} needs {key}")
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"{what} has no {unknown[0]}; it has {', '.join(known)}")


def _one_of(key: str, value: Any, among: tuple[Any, ...]) -> Any:
    if value not in among:
        raise ValueError(f"{key} is one of {', '.join(map(str, among))}; it was {value!r}")
    return value
