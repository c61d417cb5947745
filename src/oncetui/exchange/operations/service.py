"""What our services share: exchangelib's envelopes and versions, our own sending, reading and errors."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any, NoReturn

import exchangelib.errors
import requests
from exchangelib.services.common import EWSAccountService
from exchangelib.util import ENS, MNS, SOAPNS, TNS
from lxml import etree

from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.faults.answer_facts import bears_proxy_marks, facts_of
from oncetui.exchange.faults.retry_after import LONGEST_WAIT
from oncetui.model.spelling import email_spelling

ALIAS_USED = "ErrorNonPrimarySmtpAddress"
_LONGEST_CODE = 120
_MOST_DIGITS = 12
Element = Any  # lxml's stubs and exchangelib's elements don't agree on a type
_STEP_DOWN = {
    name: getattr(exchangelib.errors, name)
    for name in (
        "ErrorInvalidServerVersion",
        "ErrorIncorrectSchemaVersion",
        "ErrorInvalidSchemaVersionForMailboxVersion",
    )
}


class LeanService(EWSAccountService):  # type: ignore[misc]  # exchangelib has no types
    """One operation. Nothing is tried again but an older schema where the server knows no newer one.

    Raises `ResponseCodeError`, `UnexpectedAnswerError`, `NotUnderstoodError`, and what the transport raises.
    """

    def messages(self, payload: Element) -> list[Element]:
        """Send a request and return its response messages, each of which may be an error of its own."""
        try:
            return list(self._get_response_xml(payload))
        except tuple(_STEP_DOWN.values()) as error:
            raise ResponseCodeError("ErrorInvalidServerVersion") from error

    def message(self, payload: Element) -> Element:
        """Send a request about one thing and return its response message, which is a success."""
        messages = self.messages(payload)
        if len(messages) != 1:
            raise NotUnderstoodError(f"{self.SERVICE_NAME} gave {len(messages)} answers to one question")
        raise_unless_success(messages[0])
        return messages[0]

    def _get_response(self, payload: Element, api_version: str) -> requests.Response:
        data = self.wrap(content=payload, api_version=api_version)
        session = self.protocol.get_session()
        try:
            response: requests.Response = session.post(
                self.protocol.service_endpoint, data=data, headers=self._extra_headers()
            )
        finally:
            self.protocol.release_session(session)
        if response.status_code not in (200, 500) or not _is_envelope(response.content):
            raise UnexpectedAnswerError(facts_of(response))
        self.account.behind_proxy |= bears_proxy_marks(response)
        self._handle_response_cookies(session)
        return response

    def _api_versions_to_try(self) -> tuple[str, ...]:
        first = self._version_hint.api_version
        return (first, *(older for older in self.supported_api_versions() if older < first))

    @classmethod
    def _get_soap_parts(cls, response: requests.Response) -> tuple[Element, Element]:
        content = response.content.rstrip()
        # Exchange sends characters that XML forbids, so the parser forgives; it would forgive a lost half as
        # well, and busy time with it.
        if not content.endswith(b"Envelope>"):
            raise NotUnderstoodError("The answer is cut off.")
        root = etree.fromstring(content, _forgiving_parser())
        body = None if root is None else root.find(f"{{{SOAPNS}}}Body")
        if root is None or body is None:
            raise NotUnderstoodError("The answer has no body.")
        return root.find(f"{{{SOAPNS}}}Header"), body

    def _get_soap_messages(self, body: Element) -> list[Element]:
        response = body.find(self._response_tag())
        if response is None:
            fault = body.find(f"{{{SOAPNS}}}Fault")
            if fault is None:
                raise NotUnderstoodError(f"The answer is none to {self.SERVICE_NAME}.")
            _raise_fault(fault)
        messages = response.find(self._response_messages_tag())
        return [] if messages is None else list(messages)


def raise_unless_success(message: Element) -> None:
    """Raise `ResponseCodeError` where a response message is an error, with its inner code if it has one."""
    code = (message.findtext(f"{{{MNS}}}ResponseCode") or "").strip()
    if message.get("ResponseClass") != "Error" and code == "NoError":
        return
    inner = [text for name, text in _values(message) if name == "InnerErrorResponseCode"]
    raise _error(_plain(next(iter(inner), code)), message)


def _raise_fault(fault: Element) -> NoReturn:
    code = fault.findtext(f".//{{{ENS}}}ResponseCode") or fault.findtext("faultcode") or ""
    code = _plain(code.strip().rpartition(":")[2])
    if code in _STEP_DOWN:
        raise _STEP_DOWN[code](code)
    raise _error(code, fault)


def _error(code: str, element: Element) -> ResponseCodeError:
    return ResponseCodeError(code, _back_off(element), _main_address(code, element))


def _main_address(code: str, element: Element) -> str | None:
    if code != ALIAS_USED:
        return None
    spelt = [email_spelling(text) for name, text in _values(element) if name.startswith("Primary")]
    return next((spelling.value for spelling in spelt if spelling.error is None), None)


def _plain(code: str) -> str:
    # A code is shown to people and programs: what isn't one doesn't get there.
    return code if code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE else "NoResponseCode"


def _back_off(element: Element) -> float | None:
    for name, text in _values(element):
        if name == "BackOffMilliseconds" and text.isascii() and text.isdigit():
            return min(int(text[:_MOST_DIGITS]) / 1000, LONGEST_WAIT)
    return None


def _values(element: Element) -> Iterator[tuple[str, str]]:
    for value in element.iter(f"{{{TNS}}}Value"):
        yield value.get("Name") or "", (value.text or "").strip()


def _is_envelope(content: bytes) -> bool:
    start = content[:1024].removeprefix(BOM_UTF8).lstrip()
    return start.startswith(b"<") and b"Envelope" in start


def _forgiving_parser() -> etree.XMLParser:
    return etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
