"""Credentials never reach a log, whoever writes it."""

import io
import logging

import pytest

from oncetui.exchange.redaction import Redaction, redacted

CANARY = "c2VjcmV0LWNhbmFyeQ"


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Basic {CANARY}==",
        f"{{'Authorization': 'NTLM {CANARY}==', 'X-AnchorMailbox': 'anna@contoso.example'}}",
        f"proxy-authorization={CANARY}",
        f'headers: {{"Proxy-Authorization": "Basic {CANARY}"}}',
        f"sent Negotiate {CANARY} to the server",
        f"<t:Password>{CANARY}</t:Password>",
        f"https://anna:{CANARY}@mail.contoso.example/EWS/Exchange.asmx",
        f"password={CANARY}&user=anna",
        f"Set-Cookie: X-BackEndCookie={CANARY}; path=/",
        f"spnego._ntlm NTLM step output: TlRMTVNTUAADAAAAGAAYAFgAAAAg{CANARY}/+A3Q==",
    ],
)
def test_credentials_are_taken_out_of_a_line(line: str) -> None:
    assert CANARY not in redacted(line)


@pytest.mark.parametrize(
    "line",
    [
        'https://mail.contoso.example:443 "POST /EWS/Exchange.asmx HTTP/1.1" 401 0',
        "the server offers NTLM, Basic",
        "basic facts of the case",
        "anna@contoso.example may not open it",
    ],
)
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert redacted(line) == line


def test_the_filter_on_a_handler_covers_arguments_and_tracebacks_of_every_logger() -> None:
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(Redaction())
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    error = ValueError(f"Authorization: Basic {CANARY}")
    logger.error("request headers: %s", {"Authorization": f"Basic {CANARY}"}, exc_info=error)
    logger.removeHandler(handler)
    assert CANARY not in text.getvalue()
    assert "ValueError" in text.getvalue()
