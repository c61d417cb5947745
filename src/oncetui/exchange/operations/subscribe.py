"""Asking to be told what happens in some calendars."""

from collections.abc import Iterable

from exchangelib.util import MNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import element, folder_id
from oncetui.exchange.operations.service import LeanService

_EVENTS = ("CreatedEvent", "DeletedEvent", "ModifiedEvent", "MovedEvent", "CopiedEvent")


class Subscribe(LeanService):
    """Streaming subscriptions (MS-OXWSNTIF 3.1.4.3); the server that made one is asked for its stream."""

    SERVICE_NAME = "Subscribe"
    prefer_affinity = True

    def to_folders(self, keys: Iterable[str]) -> str:
        """Return the id of a new subscription to the folders; unused it lapses by itself in 30 minutes."""
        folders = element("t:FolderIds", *(folder_id(key) for key in keys))
        events = element("t:EventTypes", *(element("t:EventType", text=event) for event in _EVENTS))
        wanted = element("m:StreamingSubscriptionRequest", folders, events)
        subscription = self.message(element("m:Subscribe", wanted)).findtext(f"{{{MNS}}}SubscriptionId")
        if not subscription:
            raise NotUnderstoodError("The subscription has no id.")
        return str(subscription)
