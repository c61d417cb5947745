"""GetEvents: what a pull subscription was not told yet."""

from oncetui.simulator.call import Call
from oncetui.simulator.notifications.events import (
    change_of_watermark,
    events_xml,
    status_xml,
    wanted,
    watermark,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean

_MOST_HAPPENINGS = 50


def answer(call: Call) -> str:
    """Tell what happened after the watermark in the request."""
    named = reading.needed(call.operation, "SubscriptionId")
    mark = reading.content(reading.needed(call.operation, "Watermark"))
    return for_each("GetEvents", [named], lambda element: _notification(call, element, mark))


def _notification(call: Call, element: Element, mark: str) -> str:
    kept = call.exchange.subscriptions
    subscription = kept.used(reading.content(element), call.caller.email.lower(), call.now())
    if subscription.streaming:
        raise EwsError("ErrorInvalidPullSubscriptionId", "The subscription is no pull subscription.")
    tree = subscription.tree
    since = subscription.position = change_of_watermark(mark, tree.change)
    if not tree.happenings.knows(since):
        kept.remove(subscription.id)
        raise EwsError("ErrorEventNotFound", "The events after the watermark are no longer known.")
    news, more = wanted(subscription, _MOST_HAPPENINGS)
    content = events_xml(subscription, news, marked=True) or status_xml(tree.change if not more else since)
    return (
        f"<m:Notification><t:SubscriptionId>{subscription.id}</t:SubscriptionId>"
        f"<t:PreviousWatermark>{watermark(since)}</t:PreviousWatermark>"
        f"<t:MoreEvents>{boolean(more)}</t:MoreEvents>{content}</m:Notification>"
    )
