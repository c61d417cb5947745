"""GetStreamingEvents: an answer that goes on for minutes and tells what happens as it happens."""

from collections.abc import Callable, Iterator, Sequence
from threading import Event
from time import monotonic

from oncetui.simulator.call import Call
from oncetui.simulator.notifications.events import events_xml, status_xml, wanted
from oncetui.simulator.notifications.subscriptions import Subscription, is_identifier
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, response, success
from oncetui.simulator.world import Exchange

Stream = Callable[[Event], Iterator[str]]

_NAME = "GetStreamingEvents"
_LONGEST_TIMEOUT = 30
# How many sixtieths of a minute pass before a stream without events shows that it is alive.
_HEARTBEAT = 45
_LONGEST_WAIT_SECONDS = 0.5
_CLOSED = "<m:ConnectionStatus>Closed</m:ConnectionStatus>"
_OPEN = "<m:ConnectionStatus>OK</m:ConnectionStatus>"


def answer(call: Call) -> str | Stream:
    """Return the stream of the subscriptions that the request names, or why there is none."""
    named = [reading.content(each) for each in reading.needed_list(call.operation, "SubscriptionIds")]
    timeout = reading.needed(call.operation, "ConnectionTimeout")
    minutes = reading.integer(timeout)
    if not 1 <= minutes <= _LONGEST_TIMEOUT:
        raise reading.bad_value(timeout, str(minutes), "StreamingSubscriptionConnectionTimeoutType")
    found: list[Subscription] = []
    for identifier in named:
        try:
            found.append(_subscription(call, identifier))
        except EwsError as failure:
            return _refusal(failure, [identifier])
    return _Stream(call.exchange, found, minutes).envelopes


def _subscription(call: Call, identifier: str) -> Subscription:
    if not is_identifier(identifier):
        raise EwsError("ErrorInvalidSubscription", "Subscription is invalid.")
    kept = call.exchange.subscriptions.used(identifier, call.caller.email.lower(), call.now())
    if not kept.streaming:
        raise EwsError("ErrorInvalidSubscription", "The subscription is no streaming subscription.")
    return kept


def _refusal(failure: EwsError, identifiers: Sequence[str]) -> str:
    # Exchange writes these, and Notification, in the messages namespace, whatever the schema says.
    names = "".join(f"<m:SubscriptionId>{each}</m:SubscriptionId>" for each in identifiers)
    content = f"<m:ErrorSubscriptionIds>{names}</m:ErrorSubscriptionIds>{_CLOSED}"
    return response(_NAME, [error(_NAME, failure, content)])


class _Stream:
    """One connection for some subscriptions; a later one for any of them ends it."""

    def __init__(self, exchange: Exchange, subscriptions: Sequence[Subscription], minutes: int) -> None:
        self._exchange = exchange
        self._minute = exchange.minute.total_seconds()
        self._ends = monotonic() + minutes * self._minute
        self._mine: list[tuple[Subscription, int]] = []
        for subscription in subscriptions:
            subscription.connection += 1
            self._mine.append((subscription, subscription.connection))
        exchange.tell_change()

    def envelopes(self, closed: Event) -> Iterator[str]:
        """Return the contents of the envelopes until the time is over, something fails or it is closed."""
        yield _message(_OPEN)
        heard = monotonic()
        while not closed.is_set():
            with self._exchange.changed:
                content, last = self._next()
                if not content:
                    self._exchange.changed.wait(min(_LONGEST_WAIT_SECONDS, self._minute / 60))
            if not content and monotonic() - heard >= self._minute * _HEARTBEAT / 60:
                content = _message(self._notifications(status_xml()) + _OPEN)
            if content:
                heard = monotonic()
                yield content
            if last:
                return

    def _next(self) -> tuple[str, bool]:
        lost = [each.id for each, _ in self._mine if not self._exchange.subscriptions.holds(each)]
        if lost:
            failure = EwsError("ErrorSubscriptionNotFound", "The specified subscription was not found.")
            return _refusal(failure, lost), True
        if any(each.connection != connection for each, connection in self._mine):
            failure = EwsError(
                "ErrorNewEventStreamConnectionOpened",
                "Another connection was opened for a subscription of this one.",
            )
            return _refusal(failure, [each.id for each, _ in self._mine]), True
        news = "".join(self._news(each) for each, _ in self._mine)
        if news:
            return _message(f"<m:Notifications>{news}</m:Notifications>"), False
        if monotonic() >= self._ends:
            return _message(_CLOSED), True
        return "", False

    def _news(self, subscription: Subscription) -> str:
        subscription.used = self._exchange.now()
        news, _ = wanted(subscription)
        subscription.position = subscription.tree.change
        return _notification(subscription, events_xml(subscription, news, marked=False))

    def _notifications(self, event: str) -> str:
        content = "".join(_notification(each, event) for each, _ in self._mine)
        return f"<m:Notifications>{content}</m:Notifications>"


def _notification(subscription: Subscription, events: str) -> str:
    if not events:
        return ""
    return f"<m:Notification><t:SubscriptionId>{subscription.id}</t:SubscriptionId>{events}</m:Notification>"


def _message(content: str) -> str:
    return response(_NAME, [success(_NAME, content)])
