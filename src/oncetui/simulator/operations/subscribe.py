"""Subscribe: streaming and pull subscriptions to folders."""

from datetime import timedelta

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.notifications.events import EVENTS, change_of_watermark, watermark
from oncetui.simulator.notifications.subscriptions import Subscription
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

_LONGEST_TIMEOUT = 1440
# A streaming subscription without a stream lives as long as the longest stream.
_STREAMING_LASTS = timedelta(minutes=30)


def answer(call: Call) -> str:
    """Make the subscription that the request asks for."""
    element = next(reading.children(call.operation), None)
    if element is None:
        raise reading.violation(call.operation, "The element 'Subscribe' has incomplete content.")
    return for_each("Subscribe", [element], lambda request: _subscribed(call, request))


def _subscribed(call: Call, request: Element) -> str:
    kind = reading.local_name(request)
    if kind == "PushSubscriptionRequest":
        raise EwsError(
            "ErrorInvalidPushSubscriptionUrl", "The URL of the push subscription can't be reached."
        )
    if kind not in {"PullSubscriptionRequest", "StreamingSubscriptionRequest"}:
        raise reading.violation(request, f"The element 'Subscribe' has invalid child element '{kind}'.")
    streaming = kind == "StreamingSubscriptionRequest"
    events = frozenset(_event_type(each) for each in reading.needed_list(request, "EventTypes"))
    lasts = _STREAMING_LASTS if streaming else _timeout(request)
    targets = _targets(call, request)
    tree = targets[0].owner.folders if targets else call.caller.folders
    subscription = Subscription(
        call.exchange.subscriptions.new_id(tree),
        call.caller.email.lower(),
        tree,
        frozenset(target.folder.number for target in targets) if targets else None,
        events,
        streaming,
        lasts,
        call.now(),
        _position(request, tree.change),
    )
    call.exchange.subscriptions.add(subscription)
    mark = "" if streaming else f"<m:Watermark>{watermark(subscription.position)}</m:Watermark>"
    return f"<m:SubscriptionId>{subscription.id}</m:SubscriptionId>{mark}"


def _event_type(element: Element) -> str:
    word = reading.content(element).strip()
    if word not in EVENTS:
        raise reading.bad_value(element, word, "NotificationEventTypeType")
    return word


def _timeout(request: Element) -> timedelta:
    element = reading.needed(request, "Timeout")
    minutes = reading.integer(element)
    if not 1 <= minutes <= _LONGEST_TIMEOUT:
        raise reading.bad_value(element, str(minutes), "SubscriptionTimeoutType")
    return timedelta(minutes=minutes)


def _targets(call: Call, request: Element) -> list[FolderTarget]:
    everything = request.get("SubscribeToAllFolders", "false") in {"true", "1"}
    named = reading.child(request, "FolderIds")
    elements = [] if named is None else list(reading.children(named))
    if everything == bool(elements):
        raise EwsError(
            "ErrorInvalidSubscriptionRequest",
            "A subscription is to the folders that it names, or to all of them, for example with "
            'SubscribeToAllFolders="true".',
        )
    targets = [folder_target(call, element) for element in elements]
    if len({id(target.owner) for target in targets}) > 1:
        raise EwsError("ErrorInvalidSubscriptionRequest", "A subscription is to folders of one mailbox.")
    if any(not target.rights.owner and target.owner is not call.caller for target in targets):
        raise EwsError(
            "ErrorSubscriptionDelegateAccessNotSupported",
            "Subscriptions are not supported for delegate user access.",
        )
    return targets


def _position(request: Element, latest: int) -> int:
    given = reading.child(request, "Watermark")
    return latest if given is None else change_of_watermark(reading.content(given), latest)
