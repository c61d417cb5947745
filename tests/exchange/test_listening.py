"""Event streams of a simulated Exchange: what is heard, and what ends them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from queue import Queue

import pytest

from oncetui.exchange.gateway import ExchangeGateway
from oncetui.exchange.listening import Patience
from oncetui.exchange.opening import ExchangeOpener
from oncetui.exchange.operations.event_stream import GetStreamingEvents, envelopes
from oncetui.exchange.transport.failures import AnswerTooLargeError
from oncetui.model.calendars import Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Scheme
from oncetui.model.problem import ProblemError
from tests.exchange.canned import account_answered, message
from tests.exchange.servers import letting_through, serving
from tests.exchange.site import TODAY, Site

ANNA = "anna@contoso.example"
WAIT = 10.0
SHORT = Patience(minutes=1, first=0.3, later=0.5)
BOTH = pytest.mark.parametrize("scheme", [Scheme.BASIC, Scheme.NTLM])
Ended = ProblemError | CancelledByUserError


class Listening:
    """A gateway that listens to its default calendar in a thread."""

    def __init__(self, site: Site, scheme: Scheme = Scheme.NTLM, patience: Patience | None = None) -> None:
        opener = ExchangeOpener(patience=patience or Patience())
        self.gateway: ExchangeGateway = opener.open(
            site.access(ANNA, scheme), site.secret(ANNA), Cancellation()
        )
        self.calendar = self.gateway.calendars()[0]
        self.heard: Queue[frozenset[str]] = Queue()
        self.cancellation = Cancellation()
        self._ended: Queue[Ended] = Queue()
        site.forget()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        try:
            self.gateway.watch([self.calendar], self.heard.put, self.cancellation)
        except (ProblemError, CancelledByUserError) as error:
            self._ended.put(error)

    def hears(self) -> frozenset[str]:
        return self.heard.get(timeout=WAIT)

    def ended(self) -> Ended:
        return self._ended.get(timeout=WAIT)

    def code(self) -> str:
        ended = self.ended()
        assert isinstance(ended, ProblemError)
        return ended.problem.code

    def end(self) -> None:
        self.gateway.close()
        self._thread.join(WAIT)
        assert not self._thread.is_alive()


@pytest.fixture
def streaming(own_site: Site) -> Iterator[Listening]:
    listening = Listening(own_site)
    yield listening
    listening.end()


def add_event(site: Site) -> None:
    start = TODAY + timedelta(days=3, hours=9)
    end = start + timedelta(hours=1)
    site.control(
        "POST",
        f"/mailboxes/{ANNA}/events",
        subject="New",
        start=start.isoformat(),
        end=end.isoformat(),
        status="Busy",
    )


@BOTH
def test_a_change_is_heard_while_the_calendar_is_read_on_another_connection(
    own_site: Site, scheme: Scheme
) -> None:
    listening = Listening(own_site, scheme)
    assert listening.hears() == frozenset()
    listening.gateway.changes(listening.calendar, None, _horizon())
    add_event(own_site)
    assert listening.hears() == {listening.calendar.key}
    connections = {request["operation"]: request["connection"] for request in own_site.seen}
    assert connections["SyncFolderItems"] != connections["GetStreamingEvents"]
    assert connections["Subscribe"] == connections["GetStreamingEvents"]
    listening.end()


def test_a_stream_that_ends_as_agreed_goes_on_with_its_subscription(own_site: Site) -> None:
    own_site.simulator.exchange.minute = timedelta(seconds=0.2)
    listening = Listening(own_site, patience=Patience(minutes=1, minute=0.2))
    while sum(request["operation"] == "GetStreamingEvents" for request in own_site.seen) < 3:
        listening.hears()
    assert sum(request["operation"] == "Subscribe" for request in own_site.seen) == 1
    assert own_site.count("challenge") == 1
    listening.end()


def test_a_lost_subscription_is_told_as_such(own_site: Site, streaming: Listening) -> None:
    streaming.hears()
    own_site.control("PUT", "/faults/lost-subscription")
    assert streaming.code() == "changes-lost"


def test_a_server_that_goes_away_ends_the_stream(own_site: Site, streaming: Listening) -> None:
    streaming.hears()
    own_site.control("PUT", "/down")
    assert isinstance(streaming.ended(), ProblemError)


def test_a_cancelled_stream_ends_while_nothing_happens(streaming: Listening) -> None:
    streaming.hears()
    streaming.cancellation.cancel()
    assert isinstance(streaming.ended(), CancelledByUserError)
    assert streaming.gateway.calendars()


def operations(site: Site) -> list[str]:
    return [request["operation"] for request in site.seen]


@BOTH
def test_the_server_is_told_that_a_cancelled_stream_is_listened_to_no_more(
    own_site: Site, scheme: Scheme
) -> None:
    listening = Listening(own_site, scheme)
    listening.hears()
    own_site.forget()
    listening.cancellation.cancel()
    assert isinstance(listening.ended(), CancelledByUserError)
    assert operations(own_site) == ["Unsubscribe"]
    assert not list(own_site.simulator.exchange.subscriptions)
    listening.end()


def test_a_server_that_does_not_answer_delays_the_end_of_a_stream_by_no_second(own_site: Site) -> None:
    listening = Listening(own_site)
    listening.hears()
    own_site.control("PUT", "/faults/no-answer", operation="Unsubscribe")
    listening.cancellation.cancel()
    assert isinstance(listening.ended(), CancelledByUserError)
    listening.end()


def test_a_closed_gateway_says_nothing_more(own_site: Site) -> None:
    listening = Listening(own_site)
    listening.hears()
    own_site.forget()
    listening.gateway.close()
    assert isinstance(listening.ended(), CancelledByUserError)
    assert operations(own_site) == []
    listening.end()


@pytest.mark.parametrize(
    ("response_code", "cause"),
    [
        ("ErrorExceededSubscriptionCount", "real-time-limited"),
        ("ErrorExceededConnectionCount", "real-time-limited"),
        ("ErrorSubscriptionDelegateAccessNotSupported", "real-time-refused"),
        ("ErrorInvalidSubscriptionRequest", "real-time-refused"),
        ("ErrorServerBusy", "throttled"),
        ("ErrorMailboxStoreUnavailable", "mailbox-unavailable"),
    ],
)
@pytest.mark.parametrize("form", ["message", "fault"])
@pytest.mark.parametrize("operation", ["Subscribe", "GetStreamingEvents"])
def test_a_refused_stream_says_why(
    site: Site, response_code: str, cause: str, form: str, operation: str
) -> None:
    site.control("PUT", "/faults/ews-error", code=response_code, form=form, operation=operation)
    listening = Listening(site)
    assert listening.code() == cause
    listening.end()


def test_a_proxy_that_holds_the_stream_back_is_told(site: Site) -> None:
    site.control("PUT", "/faults/no-answer", operation="GetStreamingEvents")
    listening = Listening(site, patience=SHORT)
    assert listening.code() == "real-time-silent"
    listening.end()


def test_a_stream_that_falls_silent_is_told(site: Site) -> None:
    listening = Listening(site, patience=SHORT)
    assert listening.hears() == frozenset()
    assert listening.code() == "real-time-silent"
    listening.end()


def test_a_changed_password_is_refused_once_whoever_sends_it(own_site: Site) -> None:
    listening = Listening(own_site, Scheme.BASIC)
    listening.hears()
    own_site.forget()
    own_site.control("PUT", f"/mailboxes/{ANNA}/password", password="another one")
    listening.ended()
    for _ in range(2):
        with pytest.raises(ProblemError) as caught:
            listening.gateway.changes(listening.calendar, None, _horizon())
        assert caught.value.secret_refused
    assert own_site.count("refused") == 1
    listening.end()


def test_a_stream_over_a_connection_that_is_let_through_once_ends(own_site: Site) -> None:
    with serving(letting_through(int(own_site.ready["https"].rpartition(":")[2]), 1)) as port:
        route = own_site.route_to("mail.contoso.example", port)
        access = replace(own_site.access(ANNA), route=route)
        gateway = ExchangeOpener().open(access, own_site.secret(ANNA), Cancellation())
        with pytest.raises(ProblemError):
            gateway.watch(gateway.calendars()[:1], lambda _changed: None, Cancellation())
        assert gateway.calendars()
        gateway.close()


def test_a_stream_may_be_silent_for_longer_than_other_answers() -> None:
    content = "<m:ConnectionStatus>Closed</m:ConnectionStatus>"
    account, canned = account_answered(message("GetStreamingEvents", content))
    told = list(GetStreamingEvents(account=account).stream_of("subscription", 29))
    assert [one.last for one in told] == [True]
    assert canned.timeouts[0][1] is None


class Pieces:
    def __init__(self, *pieces: bytes) -> None:
        self._pieces = iter(pieces)

    def read1(self, amt: int | None = None, decode_content: bool | None = None) -> bytes:
        return next(self._pieces, b"")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_envelopes_are_told_apart_however_they_come(size: int) -> None:
    whole = b"<s:Envelope>1</s:Envelope>\r\n<Envelope>2</Envelope ><soap11:Envelope>3</soap11:Envelope><s:Env"
    pieces = [whole[begin : begin + size] for begin in range(0, len(whole), size)]
    assert [envelope.strip()[:1] + envelope[-1:] for envelope in envelopes(Pieces(*pieces))] == [b"<>"] * 3


def test_an_envelope_without_end_is_not_kept() -> None:
    endless = (b"x" * 65536 for _ in range(10_000))
    with pytest.raises(AnswerTooLargeError):
        list(envelopes(Pieces(*endless)))


def _horizon() -> Window:
    return Window(TODAY, TODAY + timedelta(days=30))
