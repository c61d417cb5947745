"""Subscriptions to what happens in a mailbox."""

import base64
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.simulator.mailboxes.tree import FolderTree
from oncetui.simulator.soap.failures import EwsError

# What an Exchange server allows one account by default (EwsMaxSubscriptions).
MOST_OF_AN_ACCOUNT = 20
_HOST = "ex01.contoso.example"


@dataclass(eq=False, slots=True)
class Subscription:
    """What one client wants to be told of a mailbox; `folders` holds numbers, None stands for all of them.

    `position` is the change up to which it was told, `lasts` how long it lives unused after `used` (UTC),
    `connection` counts its streams, of which only the last one is served.
    """

    id: str
    owner: str
    tree: FolderTree
    folders: frozenset[int] | None
    events: frozenset[str]
    streaming: bool
    lasts: timedelta
    used: datetime
    position: int
    connection: int = 0


def is_identifier(text: str) -> bool:
    """Tell whether a text could identify a subscription, whether or not there is one."""
    try:
        return bool(base64.b64decode(text.strip(), validate=True))
    except ValueError:
        return False


class Subscriptions:
    """Every subscription of the world, by its identifier."""

    def __init__(self, most: int = MOST_OF_AN_ACCOUNT) -> None:
        self.most = most
        self._kept: dict[str, Subscription] = {}
        self._made = 0

    def __iter__(self) -> Iterator[Subscription]:
        return iter(tuple(self._kept.values()))

    def new_id(self, tree: FolderTree) -> str:
        """Return an identifier that no subscription had before, in the shape of Exchange's."""
        self._made += 1
        host = _HOST.encode("ascii")
        own = uuid.uuid5(uuid.UUID(tree.mailbox_guid), f"subscription {self._made}").bytes
        made = struct.pack("<I16sQ", 16, own, self._made)
        mailbox = struct.pack("<I16s", 16, uuid.UUID(tree.mailbox_guid).bytes)
        return base64.b64encode(struct.pack("<H", len(host)) + host + made + mailbox).decode("ascii")

    def add(self, subscription: Subscription) -> None:
        """Keep a subscription; `EwsError` where its owner has as many as an account may."""
        self._forget_expired(subscription.used)
        owned = sum(1 for each in self._kept.values() if each.owner == subscription.owner)
        if owned >= self.most:
            raise EwsError(
                "ErrorExceededSubscriptionCount",
                "You have exceeded the available subscriptions for your account. Remove unnecessary "
                "subscriptions and try your request again.",
            )
        self._kept[subscription.id] = subscription

    def remove(self, identifier: str) -> None:
        """Forget a subscription, as its owner or a server that restarts does."""
        self._kept.pop(identifier, None)

    def clear(self) -> None:
        """Forget all subscriptions, as a server that restarts does."""
        self._kept.clear()

    def holds(self, subscription: Subscription) -> bool:
        """Whether a subscription is still there."""
        return subscription.id in self._kept

    def used(self, identifier: str, owner: str, now: datetime) -> Subscription:
        """Return a subscription of this owner and note its use; `EwsError` where there is none."""
        self._forget_expired(now)
        found = self._kept.get(identifier.strip())
        if found is None:
            raise EwsError("ErrorSubscriptionNotFound", "The specified subscription was not found.")
        if found.owner != owner:
            raise EwsError(
                "ErrorSubscriptionAccessDenied",
                "Access is denied. Only the subscription owner may access the subscription.",
            )
        found.used = now
        return found

    def _forget_expired(self, now: datetime) -> None:
        for subscription in self:
            if now > subscription.used + subscription.lasts:
                del self._kept[subscription.id]
