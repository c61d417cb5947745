"""Keeps credentials out of logs, whatever library wrote them there."""

import logging
import re

_MARK = "[…]"
_HIDDEN = (
    r"(?i)((?:proxy-)?authorization['\"]?\s*[:=]\s*['\"]?)(?:[a-z]+\s+)?[^\s'\",}]+",
    r"(?i)(\b(?:basic|ntlm|negotiate|bearer)\s+)[a-z0-9+/._~-]{8,}=*",
    r"(?i)((?:set-)?cookie['\"]?\s*:\s*['\"]?)[^'\"\r\n}]+",
    r"(?i)(<(?:\w+:)?password[^>]*>)[^<]*",
    r"(?i)(\bpassw(?:or)?d['\"]?\s*[:=]\s*['\"]?)[^\s'\",}]+",
    r"(//[^/\s:@]+:)[^/\s@]+(?=@)",
    r"(\bTlRMTVNTUA)[A-Za-z0-9+/]+=*",  # an NTLM message: a password can be guessed at with its answer
)


class Redaction(logging.Filter):
    """A filter for handlers: a logger's own filter would miss what other loggers pass up."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take credentials out of a record's text and traceback; every record passes."""
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


def redacted(text: str) -> str:
    """Return the text without sign-in headers, NTLM messages, cookies and passwords in elements and URLs."""
    # Compiled when there is something to redact: every command imports this module.
    for pattern in _HIDDEN:
        text = re.sub(pattern, rf"\1{_MARK}", text)
    return text
