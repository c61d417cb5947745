"""An answer that goes on for minutes, read envelope by envelope as it comes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import requests
from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import UnexpectedAnswerError
from oncetui.exchange.faults.answer_facts import bears_proxy_marks, facts_of
from oncetui.exchange.operations.payloads import Element, element
from oncetui.exchange.operations.service import LeanService, raise_unless_success
from oncetui.exchange.transport.connections import CONNECT_SECONDS
from oncetui.exchange.transport.failures import AnswerTooLargeError

_PIECE = 64 * 1024
_LARGEST_ENVELOPE = 4 * 1024 * 1024
_END = re.compile(rb"</(?:[\w.-]+:)?Envelope\s*>")
_PLACES = ("ParentFolderId", "OldParentFolderId")


@dataclass(frozen=True)
class Told:
    """What one envelope tells: keys of the folders where something happened, and whether it is the last."""

    changed: frozenset[str] = frozenset()
    last: bool = False


class GetStreamingEvents(LeanService):
    """The stream of a subscription (MS-OXWSNTIF 3.1.4.2); it lasts 1 to 30 minutes.

    Raises `ResponseCodeError` where the server ends it with an error.
    """

    SERVICE_NAME = "GetStreamingEvents"
    prefer_affinity = True

    def stream_of(self, subscription: str, minutes: int) -> Iterator[Told]:
        """Yield what each envelope tells, as it comes."""
        named = element("m:SubscriptionIds", element("t:SubscriptionId", text=subscription))
        timeout = element("m:ConnectionTimeout", text=str(minutes))
        question = element("m:GetStreamingEvents", named, timeout)
        data = self.wrap(content=question, api_version=self.account.version.api_version)
        session = self.protocol.get_session()
        try:
            with self._begun(session, data) as response:
                for envelope in envelopes(response.raw):
                    told = self._read(envelope)
                    yield told
                    if told.last:
                        _drain(response.raw)
                        return
        finally:
            self.protocol.release_session(session)

    def _begun(self, session: requests.Session, data: bytes) -> requests.Response:
        # A compressed stream would be held back until a block of it is full.
        headers = self._extra_headers() | {"Accept-Encoding": "identity"}
        endpoint = self.protocol.service_endpoint
        # Heartbeats are further apart than the reads of other answers may be; whoever listens limits them.
        limits = (CONNECT_SECONDS, None)
        response = session.post(endpoint, data=data, headers=headers, stream=True, timeout=limits)
        self.account.behind_proxy |= bears_proxy_marks(response)
        if response.status_code == requests.codes.ok:
            return response
        if b"Envelope" in response.content[:1024]:
            self._read(response.content)
        raise UnexpectedAnswerError(facts_of(response))

    def _read(self, envelope: bytes) -> Told:
        _, body = self._get_soap_parts(_whole(envelope))
        messages = self._get_soap_messages(body)
        for message in messages:
            raise_unless_success(message)
        changed = frozenset(key for message in messages for key in _places(message))
        last = any(message.findtext(f"{{{MNS}}}ConnectionStatus") == "Closed" for message in messages)
        return Told(changed, last)


class Readable(Protocol):
    """What is left of an answer."""

    def read1(self, amt: int | None = None, decode_content: bool | None = None) -> bytes:  # noqa: FBT001  # urllib3's
        """Return what has come, at least one byte, none at the end."""
        ...


def envelopes(answer: Readable) -> Iterator[bytes]:
    """Yield each whole envelope of an answer; a cut one at its end is left out."""
    held = b""
    while piece := answer.read1(_PIECE, decode_content=True):
        held += piece
        while end := _END.search(held):
            yield held[: end.end()]
            held = held[end.end() :]
        if len(held) > _LARGEST_ENVELOPE:
            raise AnswerTooLargeError(f"an envelope is larger than {_LARGEST_ENVELOPE} bytes")


def _whole(envelope: bytes) -> requests.Response:
    answer = requests.Response()
    answer._content = envelope  # noqa: SLF001  # requests has no public way to make an answer
    return answer


def _drain(answer: Readable) -> None:
    # Read to its end, the connection serves the next stream without another sign-in.
    while answer.read1(_PIECE, decode_content=True):
        pass


def _places(message: Element) -> Iterator[str]:
    for event in message.iterfind(f"{{{MNS}}}Notifications/{{{MNS}}}Notification/*"):
        found: Any = event.find(f"{{{TNS}}}FolderId")
        if found is not None:
            yield str(found.get("Id"))
            continue
        for name in _PLACES:
            place = event.find(f"{{{TNS}}}{name}")
            if place is not None:
                yield str(place.get("Id"))
