"""Telling the server that nobody listens any more."""

from oncetui.exchange.operations.payloads import element
from oncetui.exchange.operations.service import LeanService


class Unsubscribe(LeanService):
    """The end of a subscription (MS-OXWSNTIF 3.1.4.4); the server that made it is asked."""

    SERVICE_NAME = "Unsubscribe"
    prefer_affinity = True

    def end(self, subscription: str) -> None:
        """End a subscription, which would lapse by itself in 30 minutes."""
        self.message(element("m:Unsubscribe", element("m:SubscriptionId", text=subscription)))
