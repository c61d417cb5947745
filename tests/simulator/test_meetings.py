"""Invitations reach the attendees' mailboxes, answers come back, cancellations follow."""

import pytest

from oncetui.simulator.world import Exchange

from .asking import Client, Reply, daily, set_field, timed

TIMES = ("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z")
WINDOW = ("2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z")
SEND = 'SendMeetingInvitations="SendToAllAndSaveCopy"'


def attendees(*emails: str, tag: str = "RequiredAttendees") -> str:
    people = "".join(
        f"<t:Attendee><t:Mailbox><t:EmailAddress>{email}</t:EmailAddress></t:Mailbox></t:Attendee>"
        for email in emails
    )
    return f"<t:{tag}>{people}</t:{tag}>"


def called(client: Client, more: str = "", subject: str = "Plan", mode: str = SEND) -> str:
    fields = timed(subject, *TIMES, attendees("ben@contoso.example", "guest@elsewhere.example") + more)
    return client.create(fields, attributes=mode)


def found(client: Client, folder: str) -> Reply:
    return client.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>'
        f'<m:ParentFolderIds><t:DistinguishedFolderId Id="{folder}"/></m:ParentFolderIds></m:FindItem>'
    )


def kinds(client: Client, folder: str = "inbox") -> list[str]:
    return [
        item.tag.rpartition("}")[2] for items in found(client, folder).root.iter("{*}Items") for item in items
    ]


def own(client: Client) -> Reply:
    (identifier,) = client.view(*WINDOW).ids
    return client.get(identifier)


def responded(
    client: Client, name: str, identifier: str, more: str = "", disposition: str = "SendAndSaveCopy"
) -> Reply:
    return client.ask(
        f'<m:CreateItem MessageDisposition="{disposition}"><m:Items><t:{name}>{more}'
        f'<t:ReferenceItemId Id="{identifier}"/></t:{name}></m:Items></m:CreateItem>'
    )


def request_of(client: Client) -> Reply:
    inbox = found(client, "inbox")
    return client.get(inbox.ids[0])


def updated(client: Client, identifier: str, updates: str, mode: str = "SendToAllAndSaveCopy") -> Reply:
    return client.ask(
        '<m:UpdateItem ConflictResolution="AlwaysOverwrite" '
        f'SendMeetingInvitationsOrCancellations="{mode}"><m:ItemChanges><t:ItemChange>'
        f'<t:ItemId Id="{identifier}"/><t:Updates>{updates}</t:Updates></t:ItemChange></m:ItemChanges>'
        "</m:UpdateItem>"
    )


def later() -> str:
    return set_field("calendar:Start", "<t:Start>2026-12-02T10:00:00Z</t:Start>") + set_field(
        "calendar:End", "<t:End>2026-12-02T11:00:00Z</t:End>"
    )


def test_an_invitation_reaches_the_inbox_and_the_calendar(anna: Client, ben: Client) -> None:
    called(anna)
    assert kinds(ben) == ["MeetingRequest"]
    request = request_of(ben)
    assert request.one("ItemClass") == "IPM.Schedule.Meeting.Request"
    assert (request.one("Start"), request.one("MeetingRequestType")) == (TIMES[0], "NewMeetingRequest")
    item = own(ben)
    assert (item.one("MyResponseType"), item.one("LegacyFreeBusyStatus")) == (
        "NoResponseReceived",
        "Tentative",
    )
    (organiser,) = item.root.iter("{*}Organizer")
    assert organiser.findtext(".//{*}EmailAddress") == "anna@contoso.example"
    associated = next(iter(request.root.iter("{*}AssociatedCalendarItemId"))).get("Id")
    assert associated == item.ids[0]


def test_organiser_and_attendee_have_the_same_meeting_by_uid(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    assert own(ben).one("UID") == anna.get(identifier).one("UID")
    assert request_of(ben).one("UID") == anna.get(identifier).one("UID")


@pytest.mark.parametrize(
    ("mode", "received", "copies"),
    [
        ("SendToNone", [], 0),
        ("SendOnlyToAll", ["MeetingRequest"], 0),
        ("SendToAllAndSaveCopy", ["MeetingRequest"], 1),
    ],
)
def test_invitations_are_sent_and_kept_as_asked(
    anna: Client, ben: Client, mode: str, received: list[str], copies: int
) -> None:
    called(anna, mode=f'SendMeetingInvitations="{mode}"')
    assert kinds(ben) == received
    assert len(kinds(anna, "sentitems")) == copies
    assert len(ben.view(*WINDOW).ids) == len(received)


@pytest.mark.parametrize(
    ("name", "response", "prefix"),
    [("AcceptItem", "Accept", "Accepted"), ("TentativelyAcceptItem", "Tentative", "Tentative")],
)
def test_an_accepted_meeting_stays_and_its_organiser_learns_it(
    anna: Client, ben: Client, name: str, response: str, prefix: str
) -> None:
    identifier = called(anna)
    more = '<t:Body BodyType="Text">Gladly</t:Body>'
    reply = responded(ben, name, found(ben, "inbox").ids[0], more)
    assert (reply.code, reply.ids) == ("NoError", own(ben).ids[:1])
    item = own(ben)
    status = "Busy" if response == "Accept" else "Tentative"
    assert (item.one("MyResponseType"), item.one("LegacyFreeBusyStatus")) == (response, status)
    assert kinds(ben) == []
    assert kinds(ben, "sentitems") == ["MeetingResponse"]
    answer = request_of(anna)
    assert (answer.one("Subject"), answer.all("ResponseType")) == (f"{prefix}: Plan", [response])
    assert anna.get(identifier).all("ResponseType") == [response, "Unknown"]


def test_a_declined_meeting_is_thrown_away(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    assert responded(ben, "DeclineItem", own(ben).ids[0]).code == "NoError"
    assert ben.view(*WINDOW).ids == []
    assert "CalendarItem" in kinds(ben, "deleteditems")
    assert anna.get(identifier).all("ResponseType")[0] == "Decline"


def test_an_answer_that_is_only_saved_tells_nobody(anna: Client, ben: Client) -> None:
    called(anna)
    responded(ben, "AcceptItem", own(ben).ids[0], disposition="SaveOnly")
    assert own(ben).one("MyResponseType") == "Accept"
    assert kinds(anna) == []


def test_a_meeting_at_another_time_asks_again(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    responded(ben, "AcceptItem", own(ben).ids[0])
    assert updated(anna, identifier, later()).code == "NoError"
    item = own(ben)
    assert (item.one("Start"), item.one("MyResponseType")) == ("2026-12-02T10:00:00Z", "NoResponseReceived")
    assert anna.get(identifier).all("ResponseType") == ["Unknown", "Unknown"]
    latest = ben.get(found(ben, "inbox").ids[-1])
    assert latest.one("MeetingRequestType") == "FullUpdate"
    assert item.one("AppointmentSequenceNumber") == "1"


def test_a_new_subject_keeps_the_answer(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    first = found(ben, "inbox").ids[0]
    responded(ben, "AcceptItem", own(ben).ids[0])
    assert ben.get(first).one("IsOutOfDate") == "false"
    updated(anna, identifier, set_field("item:Subject", "<t:Subject>Plans</t:Subject>"), "SendOnlyToAll")
    item = own(ben)
    assert (item.one("Subject"), item.one("MyResponseType")) == ("Plans", "Accept")
    told = [ben.get(message) for message in found(ben, "inbox").ids]
    assert [each.one("MeetingRequestType") for each in told] == ["Outdated", "InformationalUpdate"]
    assert [each.one("IsOutOfDate") for each in told] == ["true", "false"]
    assert [each.one("MeetingRequestWasSent") for each in told] == ["true", "true"]
    assert [each.one("IsOrganizer") for each in told] == ["false", "false"]


def test_an_attendee_proposes_another_time(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    start, end = "2026-12-03T10:00:00Z", "2026-12-03T11:00:00Z"
    ben.ask(
        '<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:DeclineItem>'
        f'<t:ReferenceItemId Id="{own(ben).ids[0]}"/><t:ProposedStart>{start}</t:ProposedStart>'
        f"<t:ProposedEnd>{end}</t:ProposedEnd></t:DeclineItem></m:Items></m:CreateItem>"
    )
    answer = anna.get(found(anna, "inbox").ids[0])
    assert (answer.one("ProposedStart"), answer.one("ProposedEnd")) == (start, end)
    assert (anna.get(identifier).one("ProposedStart"), anna.get(identifier).one("ProposedEnd")) == (
        start,
        end,
    )


def test_what_is_at_the_same_time_and_next_to_it_is_told_on_demand(anna: Client, ben: Client) -> None:
    day = "2026-12-07T{}:00:00Z"
    item = anna.create(timed("Talk", day.format("09"), day.format("11")))
    anna.create(timed("Clash", day.format("10"), day.format("12")))
    anna.create(timed("Before", day.format("08"), day.format("09")))
    anna.create(timed("After", day.format("11"), day.format("12")))
    free = "<t:LegacyFreeBusyStatus>Free</t:LegacyFreeBusyStatus>"
    anna.create(timed("Birthday", day.format("09"), day.format("10"), free))
    names = ("ConflictingMeetingCount", "AdjacentMeetingCount", "ConflictingMeetings", "AdjacentMeetings")
    fields = "".join(f'<t:FieldURI FieldURI="calendar:{name}"/>' for name in names)
    seen = anna.get(item, base="IdOnly", fields=fields)
    assert (seen.one(names[0]), seen.one(names[1])) == ("1", "2")
    assert seen.all("Subject") == ["Clash", "Before", "After"]
    called(ben, attendees("anna@contoso.example"))
    request = found(anna, "inbox").ids[0]
    assert anna.get(request, base="IdOnly", fields=fields).one(names[0]) == "0"


def test_a_change_that_is_not_sent_stays_with_the_organiser(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    updated(anna, identifier, later(), "SendToNone")
    assert own(ben).one("Start") == TIMES[0]


def test_an_attendee_who_is_taken_off_gets_a_cancellation(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    guest = attendees("guest@elsewhere.example")
    updated(anna, identifier, set_field("calendar:RequiredAttendees", guest), "SendOnlyToChanged")
    assert kinds(ben) == ["MeetingRequest", "MeetingCancellation"]


def test_a_deleted_meeting_is_called_off(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    anna.ask(
        '<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendOnlyToAll"><m:ItemIds>'
        f'<t:ItemId Id="{identifier}"/></m:ItemIds></m:DeleteItem>'
    )
    item = own(ben)
    assert (item.one("IsCancelled"), item.one("LegacyFreeBusyStatus")) == ("true", "Free")
    assert item.one("Subject") == "Canceled: Plan"
    assert kinds(ben) == ["MeetingRequest", "MeetingCancellation"]
    assert responded(ben, "AcceptItem", item.ids[0]).code == "ErrorCalendarIsCancelledForAccept"
    cancellation = found(ben, "inbox").ids[-1]
    assert responded(ben, "RemoveItem", cancellation).code == "NoError"
    assert ben.view(*WINDOW).ids == []


def test_the_organiser_cancels_with_a_response_object(anna: Client, ben: Client) -> None:
    identifier = called(anna)
    assert responded(anna, "CancelCalendarItem", identifier).code == "NoError"
    assert own(ben).one("IsCancelled") == "true"
    assert anna.view(*WINDOW).ids == []


def test_a_cancellation_says_what_the_organiser_writes_and_names_the_cancelled_item(
    anna: Client, ben: Client
) -> None:
    reply = anna.ask(
        '<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:CancelCalendarItem>'
        f'<t:ReferenceItemId Id="{called(anna)}"/>'
        '<t:NewBodyContent BodyType="Text">The room is flooded.</t:NewBodyContent>'
        "</t:CancelCalendarItem></m:Items></m:CreateItem>"
    )
    kept = anna.get(reply.ids[0])
    assert (kept.one("IsCancelled"), kept.one("AppointmentState")) == ("true", "5")
    assert ben.get(found(ben, "inbox").ids[-1]).one("Body") == "The room is flooded."


def test_a_meeting_with_nobody_else_is_not_called_off_by_message(anna: Client) -> None:
    identifier = anna.create(timed("Alone", *TIMES, attendees("anna@contoso.example")))
    assert responded(anna, "CancelCalendarItem", identifier).code == "ErrorInvalidRecipients"
    assert anna.view(*WINDOW).ids == [identifier]


def test_the_organiser_cancels_one_occurrence(anna: Client, ben: Client) -> None:
    called(anna, daily("2026-12-01", 3))
    second = anna.view(*WINDOW).ids[1]
    reply = responded(anna, "CancelCalendarItem", second)
    assert (reply.code, reply.ids) == ("NoError", [])
    assert [len(client.view(*WINDOW).ids) for client in (anna, ben)] == [2, 2]


def test_a_cancelled_occurrence_leaves_the_attendees_series(anna: Client, ben: Client) -> None:
    series = called(anna, daily("2026-12-01", 3))
    assert len(ben.view(*WINDOW).ids) == 3
    anna.ask(
        '<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToAllAndSaveCopy"><m:ItemIds>'
        f'<t:OccurrenceItemId RecurringMasterId="{series}" InstanceIndex="2"/></m:ItemIds></m:DeleteItem>'
    )
    assert len(ben.view(*WINDOW).ids) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AcceptItem", "ErrorCalendarIsOrganizerForAccept"),
        ("TentativelyAcceptItem", "ErrorCalendarIsOrganizerForTentative"),
        ("DeclineItem", "ErrorCalendarIsOrganizerForDecline"),
        ("RemoveItem", "ErrorInvalidItemForOperationRemoveItem"),
    ],
)
def test_an_organiser_does_not_answer_himself(anna: Client, name: str, code: str) -> None:
    assert responded(anna, name, called(anna)).code == code


def test_what_is_no_meeting_is_not_answered_and_not_cancelled(anna: Client, ben: Client) -> None:
    identifier = anna.create(timed("Alone", *TIMES))
    assert responded(anna, "AcceptItem", identifier).code == "ErrorInvalidItemForOperationAcceptItem"
    assert responded(anna, "CancelCalendarItem", identifier).code == "ErrorInvalidItemForOperationCancelItem"
    called(ben, attendees("anna@contoso.example", tag="OptionalAttendees"))
    invited = next(each for each in anna.view(*WINDOW).ids if each != identifier)
    assert responded(anna, "CancelCalendarItem", invited).code == "ErrorCalendarIsNotOrganizer"


def test_clients_do_not_make_meeting_messages_themselves(anna: Client) -> None:
    reply = anna.ask(
        '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:MeetingRequest><t:Subject>X</t:Subject>'
        "</t:MeetingRequest></m:Items></m:CreateItem>"
    )
    assert reply.code == "ErrorInvalidItemForOperationCreateItem"


def test_an_answer_that_names_no_request_is_refused(exchange: Exchange) -> None:
    reply = Client(exchange).ask(
        '<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:AcceptItem/></m:Items></m:CreateItem>'
    )
    assert reply.code == "ErrorMissingInformationReferenceItemId"


def test_an_attendee_learns_nothing_of_rooms_and_when(anna: Client, ben: Client) -> None:
    fields = timed("Plan", *TIMES, "<t:When>after lunch</t:When>" + attendees("ben@contoso.example"))
    identifier = anna.create(fields + attendees("room@contoso.example", tag="Resources"), attributes=SEND)
    kept, seen, request = anna.get(identifier), own(ben), request_of(ben)
    assert (kept.one("When"), len(list(kept.root.iter("{*}Resources")))) == ("after lunch", 1)
    assert [each.all("When") for each in (seen, request)] == [[], []]
    assert [list(each.root.iter("{*}Resources")) for each in (seen, request)] == [[], []]
