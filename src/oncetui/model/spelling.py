"""What a person typed into a field, put right or told in one sentence what is wrong."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

EWS_PATH = "/EWS/Exchange.asmx"

_QUOTES = dict.fromkeys(map(ord, "“”„‟\"‘’‚‛'«»‹›<>"), None)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_BLANKS = re.compile(r"\s")


@dataclass(frozen=True)
class Spelling:
    """What came of a typed text.

    `value` is the text as it will be used, whole only where `error` is None. `note` says what was put
    right, `offer` is the corrected text that a person may take over with one key.
    """

    value: str
    error: str | None = None
    note: str | None = None
    offer: str | None = None


def email_spelling(typed: str) -> Spelling:
    """Check an email address: `diagnosis` 1."""
    text = typed.strip().translate(_QUOTES).removeprefix("mailto:")
    if not text:
        return Spelling(text, "Please enter your email address, such as anna@contoso.example.")
    if _BLANKS.search(text) or not text.isprintable():
        unfit = "spaces" if _BLANKS.search(text) else "control characters"
        return Spelling(text, f"An email address has no {unfit}, as in anna@contoso.example.")
    if "@" not in text:
        return Spelling(text, "An email address has an @ in it, as in anna@contoso.example.")
    name, _, domain = text.rpartition("@")
    if not name or "@" in name:
        return Spelling(text, "An email address is a name, one @ and a domain, as in anna@contoso.example.")
    host = _host_name(domain)
    if host is None or "." not in host:
        return Spelling(text, f"“{domain}” can't be a mail domain; one looks like contoso.example.")
    return Spelling(f"{name}@{host}")


def mail_domain(email: str) -> str:
    """Return the part after the @, in lower case."""
    return email.rpartition("@")[2].lower()


def ews_url_spelling(typed: str) -> Spelling:
    """Make an EWS URL of any spelling: a bare host, an `/owa` address, the full path (`diagnosis` 2)."""
    text = typed.strip().translate(_QUOTES).rstrip(".,;")
    if not text:
        return Spelling(text, "Please enter the server's address, such as mail.contoso.example.")
    if "@" in text:
        return Spelling(
            text, "That is an email address; the server's address looks like mail.contoso.example."
        )
    if _BLANKS.search(text):
        return Spelling(text, "A server's address has no spaces, as in mail.contoso.example.")
    if not text.isprintable():
        return Spelling(text, "A server's address has no control characters, as in mail.contoso.example.")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        parts = urlsplit("")
    host, port = _host_and_port(parts.netloc)
    if parts.scheme not in ("http", "https") or host is None:
        return Spelling(text, f"“{text}” is no server address; one looks like mail.contoso.example.")
    where = host if port in (None, 443) or (parts.scheme == "http" and port == 80) else f"{host}:{port}"
    path = parts.path if parts.path.lower().endswith(".asmx") else EWS_PATH
    if path.lower() == EWS_PATH.lower():
        path = EWS_PATH
    url = f"https://{where}{path}"
    return Spelling(url, note=None if url == typed.strip() else f"→ {url}")


def host_of(url: str) -> str:
    """Return the host name of a URL, in lower case."""
    return (urlsplit(url).hostname or "").lower()


def user_name_spelling(typed: str) -> Spelling:
    r"""Check a Domain\UserName: blank, a UPN and a bare name may stand too (`diagnosis` 1)."""
    text = typed.strip().translate(_QUOTES)
    if not text.isprintable():
        return Spelling(text, "A user name is one line without control characters, as in CONTOSO\\anna.")
    if not text or ("@" in text and not re.search(r"[\\/\s]", text)):
        return Spelling(text)
    turned = re.sub(r"[\\/]+", r"\\", text)
    if "/" in text or "\\\\" in text:
        return Spelling(text, f"Use one backslash between domain and name: {turned}", offer=turned)
    domain, backslash, name = text.partition("\\")
    if backslash and (not name or "\\" in name):
        return Spelling(text, "The name after the backslash is missing, as in CONTOSO\\anna.")
    if backslash and not domain:
        return Spelling(text, "The domain before the backslash is missing, as in CONTOSO\\anna.")
    return Spelling(text)


def _host_and_port(netloc: str) -> tuple[str | None, int | None]:
    host, colon, port = netloc.rpartition(":")
    if not colon:
        return _host_name(netloc), None
    # Only so few digits of ASCII: a superscript is a digit too, but no number.
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        return None, None
    return _host_name(host), int(port)


def _host_name(text: str) -> str | None:
    """Return a host name in lower case and ASCII, None where it can't be one."""
    try:
        host = text.rstrip(".").encode("idna").decode("ascii").lower() if text else ""
    except UnicodeError:
        return None
    if not host or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return None
    return host
