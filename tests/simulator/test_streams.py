"""Answers that go on: chunked, unbuffered, and over at once when the server goes or the client has gone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import requests

from oncetui.simulator.ews import EwsAnswer
from oncetui.simulator.serve import RunningSimulator, start
from oncetui.simulator.world import Exchange, Mailbox
from tests.simulator.wire import ANNA, EWS, GET_FOLDER

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
PIECE = b"<Envelope>one</Envelope>"


class Endless:
    """Answers with pieces until it is ended."""

    def __init__(self) -> None:
        self.ended = Event()
        self.proceed = Event()

    def __call__(self, _exchange: Exchange, _mailbox: Mailbox, _body: bytes) -> EwsAnswer:
        def pieces(ended: Event) -> Iterator[bytes]:
            try:
                yield PIECE
                self.proceed.wait(10)
                yield PIECE
                ended.wait(30)
            finally:
                self.ended.set()

        return EwsAnswer(200, b"", {"Content-Type": "text/xml; charset=utf-8"}, "GetStreamingEvents", pieces)


@pytest.fixture
def endless() -> Endless:
    return Endless()


@pytest.fixture
def streaming(small_exchange: Exchange, endless: Endless) -> Iterator[RunningSimulator]:
    with start(small_exchange, answer_ews=endless) as simulator:
        yield simulator


def opened(session: requests.Session) -> requests.Response:
    return session.post(EWS, data=GET_FOLDER, auth=ANNA, stream=True, timeout=10)


def rest_of(answer: requests.Response) -> bytes:
    try:
        return b"".join(answer.iter_content(None))
    except requests.RequestException:
        return b"cut"


def test_each_piece_is_there_as_soon_as_it_is_made(
    streaming: RunningSimulator, client: Client, endless: Endless
) -> None:
    answer = opened(client(streaming))
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.headers["X-NoBuffering"] == "1"
    assert not {"Content-Length", "Content-Encoding"} & set(answer.headers)
    pieces = answer.iter_content(None)
    assert next(pieces) == PIECE
    endless.proceed.set()
    assert next(pieces) == PIECE
    assert len(streaming.streams) == 1


def test_a_stream_ends_in_good_order_when_its_subscriptions_are_lost(
    streaming: RunningSimulator, client: Client, control: Control, endless: Endless
) -> None:
    endless.proceed.set()
    answer = opened(client(streaming))
    control(streaming, "PUT", "/faults/lost-subscription", {"mailbox": "Anna@contoso.example"})
    assert rest_of(answer) == PIECE + PIECE
    assert endless.ended.is_set()


def test_a_stream_is_cut_when_the_server_goes_down(
    streaming: RunningSimulator, client: Client, control: Control, endless: Endless
) -> None:
    endless.proceed.set()
    answer = opened(client(streaming))
    control(streaming, "PUT", "/down").raise_for_status()
    rest_of(answer)
    assert endless.ended.wait(2)


def test_stopping_ends_streams_and_waits_for_none(
    small_exchange: Exchange, client: Client, endless: Endless
) -> None:
    endless.proceed.set()
    with start(small_exchange, answer_ews=endless) as simulator:
        answer = opened(client(simulator))
    # It is removed last of all: whoever had waited for the stream would have given up before.
    assert not Path(simulator.ready["ca_file"]).exists()
    rest_of(answer)
    assert endless.ended.wait(2)


def test_a_stream_ends_when_its_client_has_gone(
    streaming: RunningSimulator, client: Client, endless: Endless
) -> None:
    endless.proceed.set()
    opened(client(streaming)).close()
    assert endless.ended.wait(5)


def test_many_open_streams_hold_up_nobody(
    streaming: RunningSimulator, client: Client, endless: Endless
) -> None:
    session = client(streaming)
    answers = [opened(client(streaming)) for _ in range(20)]
    assert session.get(EWS, auth=ANNA, timeout=5).status_code == 200
    endless.proceed.set()
    for answer in answers:
        answer.close()
