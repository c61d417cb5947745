"""The events of a subscription, from what happened in its mailbox."""

import base64
import binascii
import struct
from collections.abc import Iterator, Sequence

from oncetui.simulator.mailboxes.happenings import Happening, Place
from oncetui.simulator.mailboxes.identifiers import Identity, encode
from oncetui.simulator.notifications.subscriptions import Subscription
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.writing import moment

EVENTS = (
    "CopiedEvent",
    "CreatedEvent",
    "DeletedEvent",
    "ModifiedEvent",
    "MovedEvent",
    "NewMailEvent",
    "FreeBusyChangedEvent",
)
# Events carry change keys that hold a type and nothing else.
_FOLDER_KEY, _MESSAGE_KEY, _CALENDAR_KEY = "AQAAAA==", "CQAAAA==", "DwAAAA=="
_MARK = struct.Struct("<IQB")


def watermark(change: int) -> str:
    """Return the watermark that stands behind a change."""
    return base64.b64encode(_MARK.pack(0, change, 1)).decode("ascii")


def change_of_watermark(text: str, latest: int) -> int:
    """Return the change that a watermark stands behind; `EwsError` for what is none of this mailbox."""
    try:
        _, change, last = _MARK.unpack(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError, struct.error) as error:
        raise EwsError("ErrorInvalidWatermark", "The watermark is invalid.") from error
    if last != 1 or change > latest:
        raise EwsError("ErrorInvalidWatermark", "The watermark is invalid.")
    return int(change)


def wanted(subscription: Subscription, most: int | None = None) -> tuple[Sequence[Happening], bool]:
    """Return what the subscription was not told yet, at most so much, and whether there is more."""
    news = [
        each
        for each in subscription.tree.happenings.after(subscription.position)
        if _is_heard(subscription, each)
    ]
    return (news, False) if most is None else (news[:most], len(news) > most)


def events_xml(subscription: Subscription, news: Sequence[Happening], *, marked: bool) -> str:
    """Return the event elements for what happened, with watermarks (`marked`) or without."""
    writer = _Writer(subscription, marked=marked)
    return "".join(writer.events(news))


def status_xml(position: int | None = None) -> str:
    """Return the event that says that nothing happened."""
    mark = "" if position is None else f"<t:Watermark>{watermark(position)}</t:Watermark>"
    return f"<t:StatusEvent>{mark}</t:StatusEvent>"


def _is_heard(subscription: Subscription, happening: Happening) -> bool:
    folders = subscription.folders
    if folders is None:
        return True
    places = [happening.place] if happening.before is None else [happening.place, happening.before]
    return any(place.parent in folders or place.folder in folders for place in places)


class _Writer:
    def __init__(self, subscription: Subscription, *, marked: bool) -> None:
        self._subscription = subscription
        self._tree = subscription.tree
        self._marked = marked

    def events(self, news: Sequence[Happening]) -> Iterator[str]:
        touched: dict[int, Happening] = {}
        for happening in news:
            yield from self._of(happening)
            for place in (happening.place, happening.before):
                if place is not None and place.item is not None:
                    touched[place.parent] = happening
        for number, happening in touched.items():
            yield from self._folder_changed(number, happening)

    def _of(self, happening: Happening) -> Iterator[str]:
        names = [f"{happening.kind}Event"]
        if happening.delivered:
            names.append("NewMailEvent")
        if happening.place.item is not None and self._is_calendar(happening.place):
            names.append("FreeBusyChangedEvent")
        for name in names:
            if name in self._subscription.events:
                before = happening.before if name in {"MovedEvent", "CopiedEvent"} else None
                yield self._event(name, happening, happening.place, before)

    def _folder_changed(self, number: int, happening: Happening) -> Iterator[str]:
        folder = self._tree.folder(number)
        heard = self._subscription.folders is None or number in self._subscription.folders
        if not heard or folder is None or folder.parent is None:
            return
        if "ModifiedEvent" in self._subscription.events:
            place = Place(folder.parent.number, folder=number)
            unread = "" if folder.is_calendar else f"<t:UnreadCount>{folder.items.unread}</t:UnreadCount>"
            yield self._event("ModifiedEvent", happening, place, None, unread)

    def _event(
        self, name: str, happening: Happening, place: Place, before: Place | None, more: str = ""
    ) -> str:
        mark = f"<t:Watermark>{watermark(happening.change)}</t:Watermark>" if self._marked else ""
        old = "" if before is None else self._place(before, "Old")
        return (
            f"<t:{name}>{mark}<t:TimeStamp>{moment(happening.when)}</t:TimeStamp>"
            f"{self._place(place)}{old}{more}</t:{name}>"
        )

    def _place(self, place: Place, prefix: str = "") -> str:
        guid = self._tree.mailbox_guid
        if place.item is not None:
            identifier = encode(Identity("item", guid, place.item))
            key = _CALENDAR_KEY if self._is_calendar(place) else _MESSAGE_KEY
            what = f'<t:{prefix}ItemId Id="{identifier}" ChangeKey="{key}"/>'
        else:
            assert place.folder is not None
            identifier = encode(Identity("folder", guid, place.folder))
            what = f'<t:{prefix}FolderId Id="{identifier}" ChangeKey="{_FOLDER_KEY}"/>'
        parent = encode(Identity("folder", guid, place.parent))
        return f'{what}<t:{prefix}ParentFolderId Id="{parent}" ChangeKey="{_FOLDER_KEY}"/>'

    def _is_calendar(self, place: Place) -> bool:
        folder = self._tree.folder(place.parent)
        return folder is not None and folder.is_calendar
