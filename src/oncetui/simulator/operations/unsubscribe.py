"""Unsubscribe: the end of a subscription."""

from oncetui.simulator.call import Call
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Forget the subscription that the request names."""
    named = reading.needed(call.operation, "SubscriptionId")

    def forget(element: Element) -> str:
        kept = call.exchange.subscriptions
        subscription = kept.used(reading.content(element), call.caller.email.lower(), call.now())
        kept.remove(subscription.id)
        call.exchange.tell_change()
        return ""

    return for_each("Unsubscribe", [named], forget)
