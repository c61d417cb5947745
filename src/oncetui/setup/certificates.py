"""A certificate that is not trusted: what a person is shown of it, and what each way on comes to."""

import ssl
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from oncetui.model.connection import NetworkRoute
from oncetui.model.pins import fingerprint_lines, pin_of, pinned
from oncetui.model.problem import Problem
from oncetui.model.problems import certificates
from oncetui.setup.answers import Answers

_ABOUT_A_CERTIFICATE = (
    certificates.UNTRUSTED_CERTIFICATE.code,
    certificates.TLS_INSPECTION.code,
    certificates.EXPIRED_CERTIFICATE.code,
    certificates.WRONG_NAME_CERTIFICATE.code,
    certificates.INCOMPLETE_CHAIN.code,
    certificates.CERTIFICATE_CHANGED.code,
    certificates.CA_FILE_UNREADABLE.code,
)
_HELPED_BY_A_CA_FILE = (
    certificates.UNTRUSTED_CERTIFICATE.code,
    certificates.TLS_INSPECTION.code,
    certificates.INCOMPLETE_CHAIN.code,
)
_NAMES_SHOWN = 4
YES = ("yes", "y")
CA_FILE_TOLD = "the authority's certificate from IT, in PEM form"
_LARGEST_CA_FILE = 4 * 1024 * 1024


@dataclass(frozen=True)
class ShownFacts:
    """A certificate as the certificate step shows it; `pinned` is the SHA-256 agreed to before, if any.

    Without a SHA-256 no certificate was seen yet, and there is nothing to pin: a CA file alone is asked for.
    `takes_ca_file` tells whether an authority's file could help, `resolves` is a name in the certificate that
    leads to a server.
    """

    host: str
    sha256: str
    sentence: str
    rows: tuple[tuple[str, str], ...]
    takes_ca_file: bool
    pinned: str | None = None
    resolves: str | None = None


def shown_facts(problem: Problem | None) -> ShownFacts | None:
    """Return what a problem tells of the certificate in the way, None where there is none to decide about."""
    if problem is None or problem.code not in _ABOUT_A_CERTIFICATE:
        return None
    told = dict(problem.evidence)
    if "sha256" not in told or "host" not in told:
        return _not_seen(problem)
    plain = (certificates.CERTIFICATE_CHANGED.code, certificates.UNTRUSTED_CERTIFICATE.code)
    return ShownFacts(
        host=told["host"],
        sha256=told["sha256"],
        sentence=problem.what if problem.code in plain else f"{problem.what} {problem.why}",
        rows=tuple(_rows(told)),
        takes_ca_file=problem.code in _HELPED_BY_A_CA_FILE,
        pinned=told.get("pinned"),
        resolves=told.get("resolves"),
    )


def _not_seen(problem: Problem) -> ShownFacts | None:
    if problem.code not in (*_HELPED_BY_A_CA_FILE, certificates.CA_FILE_UNREADABLE.code):
        return None
    return ShownFacts("", "", f"{problem.what} {problem.why}", (), takes_ca_file=True)


def pin_from(facts: ShownFacts, typed: str) -> str:
    """Return the SHA-256 to trust: by a plain yes, or by the one that IT told, compared with what is shown.

    Raises ValueError with one sentence for anything else.
    """
    shown = pin_of(facts.sha256)
    if typed.strip().lower() in YES:
        return shown
    if len(typed.strip()) < 20:
        raise ValueError(
            "Type yes to trust exactly this certificate, or paste the SHA-256 that IT tells you."
        )
    if pin_of(typed) != shown:
        raise ValueError("That is another certificate than the one shown. Don't go on; tell your IT support.")
    return shown


def pinned_route(facts: ShownFacts, digits: str) -> NetworkRoute:
    """Return the way on with the pin, for this host alone."""
    return NetworkRoute(pins=((facts.host.lower(), digits),))


def ca_file_from(typed: str) -> Path:
    """Return the CA file that a text names, looked into; raise ValueError with one sentence for any other."""
    path = Path(typed.strip().strip("'\"")).expanduser().absolute()
    try:
        if path.stat().st_size > _LARGEST_CA_FILE:
            raise ValueError(
                f"{path} is too large for a CA file; IT's file of the authority is a few kilobytes."
            )
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "no access").lower()
        raise ValueError(
            f"{path} can't be read: {reason}. A CA file is named as in ~/company-ca.pem"
        ) from None
    held = _certificates_held(content)
    if held is None and content[:1] == b"\x30":
        raise ValueError(
            f"{path.name} is in DER form; openssl x509 -inform der -in {path.name} makes PEM of it."
        )
    if held is None:
        raise ValueError(
            f"{path.name} holds no certificate in PEM form, which begins -----BEGIN CERTIFICATE-----"
        )
    if not held["x509_ca"]:
        raise ValueError(
            f"{path.name} holds a server's certificate, but no authority's; ask IT for that one."
        )
    return path


def bound_to_shown(answers: Answers, problem: Problem) -> Answers | None:
    """Return the answers with a pin bound to the host that shows its certificate.

    None where the problem is about something else, or this host was bound before.
    """
    facts = shown_facts(problem)
    if facts is None or not facts.sha256 or pin_of(facts.sha256) not in answers.pins:
        return None
    if any(host == facts.host.lower() for host, _ in answers.route.pins):
        return None
    pins = pinned(answers.route.pins, facts.host, pin_of(facts.sha256))
    return replace(answers, route=replace(answers.route, pins=pins))


def _certificates_held(content: bytes) -> dict[str, int] | None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=content.decode("ascii", "ignore"))
    except (ssl.SSLError, ValueError):
        return None
    return context.cert_store_stats()


def _rows(told: dict[str, str]) -> list[tuple[str, str]]:
    issuer = told.get("issuer", "")
    rows = [
        ("Issued to", told.get("subject", "")),
        ("Issued by", "itself" if issuer and issuer == told.get("subject") else issuer),
        ("Names", _few(told.get("names", ""))),
        ("Valid", _span(told.get("valid_from"), told.get("valid_until"))),
        ("Chain", told.get("chain", "")),
        ("SHA-256", "\n".join(fingerprint_lines(told["sha256"]))),
        ("SHA-1", told.get("sha1", "")),
    ]
    if "pinned" in told:
        rows.insert(-1, ("agreed to", "\n".join(fingerprint_lines(told["pinned"]))))
    return [(label, text) for label, text in rows if text]


def _few(names: str) -> str:
    each = names.split(", ")
    more = len(each) - _NAMES_SHOWN
    return names if more < 2 else f"{', '.join(each[:_NAMES_SHOWN])} and {more} more"


def _span(begin: str | None, end: str | None) -> str:
    if begin is None or end is None:
        return ""
    return f"{_day(begin)} to {_day(end)}"


def _day(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
