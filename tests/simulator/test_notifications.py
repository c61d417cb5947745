"""Clients are told what happens: by asking again (pull) and over a stream."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from oncetui.simulator.world import Exchange

from .asking import NOW, Client, Reply, as_the_schema_says, needed_validator, share, small_world, timed

ALL = (
    "CopiedEvent",
    "CreatedEvent",
    "DeletedEvent",
    "ModifiedEvent",
    "MovedEvent",
    "NewMailEvent",
    "FreeBusyChangedEvent",
)
CALENDAR = '<t:DistinguishedFolderId Id="calendar"/>'
INBOX = '<t:DistinguishedFolderId Id="inbox"/>'
OTHER = (
    '<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>ben@contoso.example</t:EmailAddress>'
    "</t:Mailbox></t:DistinguishedFolderId>"
)
TIMES = ("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z")


@pytest.fixture
def exchange() -> Exchange:
    world = small_world()
    world.minute = timedelta(seconds=0.2)
    return world


def subscribed(
    client: Client, kind: str = "Pull", folders: str = CALENDAR, events: tuple[str, ...] = ALL, more: str = ""
) -> Reply:
    attributes = "" if folders else ' SubscribeToAllFolders="true"'
    where = f"<t:FolderIds>{folders}</t:FolderIds>" if folders else ""
    types = "".join(f"<t:EventType>{event}</t:EventType>" for event in events)
    timeout = "<t:Timeout>10</t:Timeout>" if kind == "Pull" else ""
    return client.ask(
        f"<m:Subscribe><m:{kind}SubscriptionRequest{attributes}>{where}"
        f"<t:EventTypes>{types}</t:EventTypes>{more}{timeout}</m:{kind}SubscriptionRequest></m:Subscribe>"
    )


class Pull:
    """A client that asks for events again and again."""

    def __init__(self, client: Client, folders: str = CALENDAR, events: tuple[str, ...] = ALL) -> None:
        reply = subscribed(client, "Pull", folders, events)
        self.client = client
        self.id = reply.message("SubscriptionId")
        self.mark = reply.message("Watermark")

    def ask(self) -> Reply:
        return self.client.ask(
            f"<m:GetEvents><m:SubscriptionId>{self.id}</m:SubscriptionId>"
            f"<m:Watermark>{self.mark}</m:Watermark></m:GetEvents>"
        )

    def events(self) -> list[str]:
        """The names of the item events that are new; the client moves on."""
        reply = self.ask()
        assert reply.code == "NoError"
        self.mark = reply.all("Watermark")[-1]
        return names(reply)


def names(reply: Reply) -> list[str]:
    return [
        etree.QName(event).localname
        for notification in reply.root.iter("{*}Notification")
        for event in notification
        if etree.QName(event).localname.endswith("Event") and event.find("{*}FolderId") is None
    ]


def stream(client: Client, *identifiers: str, minutes: int = 30) -> tuple[Iterator[Reply], threading.Event]:
    wanted = "".join(f"<t:SubscriptionId>{each}</t:SubscriptionId>" for each in identifiers)
    reply = client.raw(
        f"<m:GetStreamingEvents><m:SubscriptionIds>{wanted}</m:SubscriptionIds>"
        f"<m:ConnectionTimeout>{minutes}</m:ConnectionTimeout></m:GetStreamingEvents>"
    )
    closed = threading.Event()
    assert reply.pieces is not None
    return (Reply(valid(piece)) for piece in reply.pieces(closed)), closed


def valid(piece: bytes) -> bytes:
    """The piece, after a look at it with the element names that the schema has in place of the real ones."""
    assert needed_validator().errors(as_the_schema_says(piece)) == []
    return piece


def status(reply: Reply) -> str:
    return reply.message("ConnectionStatus")


def test_a_quiet_folder_gives_a_status_event(anna: Client) -> None:
    assert Pull(anna).events() == ["StatusEvent"]


def test_what_is_made_changed_and_deleted_is_told_once(anna: Client) -> None:
    pull = Pull(anna)
    item = anna.create(timed("New", *TIMES))
    anna.update(
        item,
        '<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem><t:Subject>X</t:Subject>'
        "</t:CalendarItem></t:SetItemField>",
    )
    anna.delete(f'<t:ItemId Id="{item}"/>')
    reply = pull.ask()
    assert [name for name in pull.events() if name != "FreeBusyChangedEvent"] == [
        "CreatedEvent",
        "ModifiedEvent",
        "DeletedEvent",
    ]
    assert set(reply.ids) == {item}
    assert pull.events() == ["StatusEvent"]


def test_only_the_kinds_asked_for_are_told(anna: Client) -> None:
    pull = Pull(anna, events=("DeletedEvent",))
    anna.delete(f'<t:ItemId Id="{anna.create(timed("New", *TIMES))}"/>')
    assert pull.events() == ["DeletedEvent"]


def test_other_folders_are_not_told_unless_all_are_wanted(anna: Client) -> None:
    inbox, everything = Pull(anna, INBOX), Pull(anna, "")
    anna.create(timed("New", *TIMES))
    assert inbox.events() == ["StatusEvent"]
    assert "CreatedEvent" in everything.events()


def test_a_moved_item_is_told_with_where_it_was(anna: Client) -> None:
    item = anna.create(timed("New", *TIMES))
    pull = Pull(anna, events=("MovedEvent", "CopiedEvent"))
    for operation in ("CopyItem", "MoveItem"):
        anna.ask(
            f'<m:{operation}><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId>'
            f'<m:ItemIds><t:ItemId Id="{item}"/></m:ItemIds></m:{operation}>'
        )
    reply = pull.ask()
    assert pull.events() == ["CopiedEvent", "MovedEvent"]
    old = [element.get("Id") for element in reply.root.iter("{*}OldItemId")]
    assert old == [item, item]
    assert item not in reply.ids


def test_many_events_come_in_parts(anna: Client) -> None:
    pull = Pull(anna, events=("CreatedEvent",))
    for number in range(60):
        anna.create(timed(f"No {number}", *TIMES))
    assert pull.ask().one("MoreEvents") == "true"
    assert len(pull.events()) + len(pull.events()) == 60
    assert pull.ask().one("MoreEvents") == "false"


def test_a_watermark_resumes_in_a_new_subscription(anna: Client) -> None:
    pull = Pull(anna, events=("CreatedEvent",))
    anna.create(timed("While away", *TIMES))
    again = subscribed(anna, "Pull", more=f"<t:Watermark>{pull.mark}</t:Watermark>")
    pull.id, pull.mark = again.message("SubscriptionId"), again.message("Watermark")
    assert "CreatedEvent" in pull.events()


@pytest.mark.parametrize("mark", ["AAAAAAAAAAAAAAAAAQ=", "AAAAAP////8AAAAAAQ==", "x"])
def test_a_strange_watermark_is_refused(anna: Client, mark: str) -> None:
    pull = Pull(anna)
    pull.mark = mark
    assert pull.ask().code == "ErrorInvalidWatermark"


def test_a_subscription_ends_when_it_is_told_to(anna: Client) -> None:
    pull = Pull(anna)
    end = f"<m:Unsubscribe><m:SubscriptionId>{pull.id}</m:SubscriptionId></m:Unsubscribe>"
    assert anna.ask(end).code == "NoError"
    assert anna.ask(end).code == "ErrorSubscriptionNotFound"
    assert pull.ask().code == "ErrorSubscriptionNotFound"


def test_a_subscription_that_nobody_uses_is_forgotten() -> None:
    moment: list[datetime] = [NOW]
    exchange = small_world()
    exchange.now = lambda: moment[0]
    pull = Pull(Client(exchange))
    moment[0] = NOW + timedelta(minutes=9)
    assert pull.events() == ["StatusEvent"]
    moment[0] = NOW + timedelta(minutes=20)
    assert pull.ask().code == "ErrorSubscriptionNotFound"


def test_somebody_elses_subscription_is_closed_to_others(exchange: Exchange, anna: Client) -> None:
    pull = Pull(anna)
    pull.client = Client(exchange, "ben@contoso.example")
    assert pull.ask().code == "ErrorSubscriptionAccessDenied"


def test_a_shared_calendar_takes_subscriptions_of_owners_only(exchange: Exchange, anna: Client) -> None:
    share(exchange, "Editor")
    assert subscribed(anna, folders=OTHER).code == "ErrorSubscriptionDelegateAccessNotSupported"
    share(exchange, "Owner")
    assert subscribed(anna, folders=OTHER).code == "NoError"
    assert subscribed(anna, folders=OTHER + CALENDAR).code == "ErrorInvalidSubscriptionRequest"


def test_too_many_subscriptions_are_refused(exchange: Exchange, anna: Client) -> None:
    exchange.subscriptions.most = 3
    assert [subscribed(anna, "Streaming").code for _ in range(4)] == [
        *["NoError"] * 3,
        "ErrorExceededSubscriptionCount",
    ]


def test_a_push_subscription_is_refused(anna: Client) -> None:
    types = "<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes>"
    reply = anna.ask(
        "<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id='inbox'/>"
        f"</t:FolderIds>{types}<t:StatusFrequency>1</t:StatusFrequency><t:URL>http://client.example/</t:URL>"
        "</m:PushSubscriptionRequest></m:Subscribe>"
    )
    assert reply.code == "ErrorInvalidPushSubscriptionUrl"


def test_a_stream_opens_tells_what_happens_and_closes_after_its_time(anna: Client) -> None:
    identifier = subscribed(anna, "Streaming").message("SubscriptionId")
    pieces, _ = stream(anna, identifier, minutes=5)
    assert status(next(pieces)) == "OK"
    item = anna.create(timed("New", *TIMES))
    told = next(pieces)
    assert (set(told.ids), told.one("SubscriptionId")) == ({item}, identifier)
    assert "CreatedEvent" in names(told)
    assert told.all("Watermark") == []
    rest = list(pieces)
    assert status(rest[-1]) == "Closed"
    assert {name for piece in rest[:-1] for name in names(piece)} == {"StatusEvent"}


def test_what_happened_between_two_streams_is_told_by_the_second(anna: Client) -> None:
    identifier = subscribed(anna, "Streaming").message("SubscriptionId")
    item = anna.create(timed("New", *TIMES))
    pieces, _ = stream(anna, identifier)
    next(pieces)
    assert set(next(pieces).ids) == {item}


def test_a_stream_wakes_for_a_change_from_another_thread(exchange: Exchange, anna: Client) -> None:
    exchange.minute = timedelta(minutes=1)
    identifier = subscribed(anna, "Streaming").message("SubscriptionId")
    pieces, _ = stream(anna, identifier)
    next(pieces)
    threading.Thread(target=lambda: anna.create(timed("New", *TIMES))).start()
    assert "CreatedEvent" in names(next(pieces))


def test_a_stream_ends_when_its_connection_does(anna: Client) -> None:
    pieces, closed = stream(anna, subscribed(anna, "Streaming").message("SubscriptionId"))
    next(pieces)
    closed.set()
    assert list(pieces) == []


def test_a_second_stream_takes_over_from_the_first(anna: Client) -> None:
    identifier = subscribed(anna, "Streaming").message("SubscriptionId")
    first, _ = stream(anna, identifier)
    next(first)
    second, _ = stream(anna, identifier)
    last = next(first)
    assert (last.code, status(last)) == ("ErrorNewEventStreamConnectionOpened", "Closed")
    assert list(first) == []
    assert status(next(second)) == "OK"


def test_a_stream_tells_that_its_subscription_is_lost(exchange: Exchange, anna: Client) -> None:
    identifier = subscribed(anna, "Streaming").message("SubscriptionId")
    pieces, _ = stream(anna, identifier)
    next(pieces)
    exchange.subscriptions.clear()
    exchange.tell_change()
    last = next(pieces)
    assert (last.code, status(last), last.message("SubscriptionId")) == (
        "ErrorSubscriptionNotFound",
        "Closed",
        identifier,
    )


def asked_for_stream(client: Client, identifier: str) -> Reply:
    reply = client.raw(
        f"<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>{identifier}</t:SubscriptionId>"
        "</m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>"
    )
    assert reply.pieces is None
    return Reply(reply.body)


def test_a_stream_of_an_unknown_or_pull_subscription_is_refused(anna: Client) -> None:
    unknown = asked_for_stream(anna, "bm9uZQ==")
    assert (unknown.code, status(unknown)) == ("ErrorSubscriptionNotFound", "Closed")
    assert asked_for_stream(anna, Pull(anna).id).code == "ErrorInvalidSubscription"
    assert asked_for_stream(anna, "no-identifier").code == "ErrorInvalidSubscription"


def test_a_streaming_subscription_is_not_pulled(anna: Client) -> None:
    pull = Pull(anna)
    pull.id = subscribed(anna, "Streaming").message("SubscriptionId")
    assert pull.ask().code == "ErrorInvalidPullSubscriptionId"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["make", "delete", "ask"]), st.integers(0, 9)), max_size=15))
def test_a_client_that_believes_its_events_knows_what_is_there(steps: list[tuple[str, int]]) -> None:
    client = Client(small_world())
    pull = Pull(client, events=("CreatedEvent", "DeletedEvent"))
    there: list[str] = []
    known: set[str] = set()

    def learn() -> None:
        reply = pull.ask()
        for event in next(iter(reply.root.iter("{*}Notification"))):
            (item,) = [each.get("Id") or "" for each in event.iter("{*}ItemId")] or [""]
            if event.tag.endswith("CreatedEvent"):
                known.add(item)
            elif event.tag.endswith("DeletedEvent"):
                known.remove(item)
        pull.mark = reply.all("Watermark")[-1]

    for what, place in steps:
        if what == "make":
            there.append(client.create(timed("New", *TIMES)))
        elif what == "delete" and there:
            client.delete(f'<t:ItemId Id="{there.pop(place % len(there))}"/>')
        elif what == "ask":
            learn()
    learn()
    assert known == set(there)
