"""CreateItem, GetItem, UpdateItem and DeleteItem for appointments, series and occurrences."""

import pytest

from .asking import (
    STAMP,
    Client,
    daily,
    get_item,
    recurring,
    set_field,
    share,
    stamped,
    timed,
)

MORNING = timed("Talk", "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z")
WEEK = ("2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")
BENS_CALENDAR = (
    '<t:DistinguishedFolderId Id="calendar"><t:Mailbox>'
    "<t:EmailAddress>ben@contoso.example</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>"
)


def series(anna: Client) -> str:
    """Five days at ten in Berlin, from Monday."""
    return anna.create(
        timed("Series", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", daily("2026-11-23", 5))
    )


def occurrence(master: str, index: int) -> str:
    return f'<t:OccurrenceItemId RecurringMasterId="{master}" InstanceIndex="{index}"/>'


def test_what_is_created_is_found_again(anna: Client) -> None:
    item = anna.create(
        timed(
            "Talk &lt;1&gt; €",
            "2026-11-24T09:00:00Z",
            "2026-11-24T10:00:00Z",
            "<t:LegacyFreeBusyStatus>Tentative</t:LegacyFreeBusyStatus><t:Location>Room 1</t:Location>",
        )
    )
    found = anna.get(item)
    assert found.one("Subject") == "Talk <1> €"
    assert found.one("LegacyFreeBusyStatus") == "Tentative"
    assert found.one("Location") == "Room 1"
    assert found.one("Start") == "2026-11-24T09:00:00Z"
    assert found.one("Duration") == "PT1H"
    assert found.one("CalendarItemType") == "Single"
    assert found.ids == [item]


def test_times_without_an_offset_belong_to_the_start_time_zone(anna: Client) -> None:
    zone = '<t:StartTimeZone Id="W. Europe Standard Time"/>'
    item = anna.create(timed("Talk", "2026-11-24T10:00:00", "2026-11-24T11:00:00", zone))
    assert anna.get(item).one("Start") == "2026-11-24T09:00:00Z"


def test_a_time_zone_context_is_for_times_without_an_offset_and_for_answers(anna: Client) -> None:
    context = '<t:TimeZoneContext><t:TimeZoneDefinition Id="Eastern Standard Time"/></t:TimeZoneContext>'
    made = anna.ask(
        '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>'
        f"{timed('Talk', '2026-11-24T10:00:00', '2026-11-24T11:00:00')}</t:CalendarItem>"
        "</m:Items></m:CreateItem>",
        header=context,
    )
    assert anna.get(made.ids[0]).one("Start") == "2026-11-24T15:00:00Z"
    assert anna.get(made.ids[0], header=context).one("Start") == "2026-11-24T10:00:00-05:00"


def test_an_all_day_event_goes_from_midnight_to_midnight(anna: Client) -> None:
    more = '<t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="W. Europe Standard Time"/>'
    item = anna.create(timed("Fair", "2026-11-24T10:00:00", "2026-11-25T09:00:00", more))
    found = anna.get(item)
    assert (found.one("Start"), found.one("End")) == ("2026-11-23T23:00:00Z", "2026-11-25T23:00:00Z")
    assert found.one("Duration") == "P2D"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (
            timed("Back", "2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z"),
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
        (timed("Long", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), "ErrorCalendarDurationIsTooLong"),
        (
            timed("Zone", "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", '<t:StartTimeZone Id="Nowhere"/>'),
            "ErrorTimeZone",
        ),
        ("<t:DateTimeReceived>2026-11-24T10:00:00Z</t:DateTimeReceived>", "ErrorInvalidPropertySet"),
        (
            timed("Overlap", "2026-11-23T09:00:00Z", "2026-11-24T10:00:00Z", daily("2026-11-23", 5)),
            "ErrorOccurrenceTimeSpanTooBig",
        ),
        (
            timed("None", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", daily("2026-11-23", 5000)),
            "ErrorCalendarOutOfRange",
        ),
    ],
)
def test_impossible_appointments_are_refused(anna: Client, fields: str, code: str) -> None:
    reply = anna.ask(
        '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>'
        f"<t:CalendarItem>{fields}</t:CalendarItem></m:Items></m:CreateItem>"
    )
    assert reply.code == code
    assert anna.view(*WEEK).ids == []


def test_one_bad_item_of_several_fails_alone(anna: Client) -> None:
    bad = timed("Back", "2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z")
    items = "".join(f"<t:CalendarItem>{fields}</t:CalendarItem>" for fields in (MORNING, bad, MORNING))
    reply = anna.ask(
        f'<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>{items}</m:Items></m:CreateItem>'
    )
    assert reply.codes == ["NoError", "ErrorCalendarEndDateIsEarlierThanStartDate", "NoError"]
    assert len(anna.view(*WEEK).ids) == 2


def test_invitations_and_cancellations_must_be_decided(anna: Client) -> None:
    reply = anna.ask(
        f"<m:CreateItem><m:Items><t:CalendarItem>{MORNING}</t:CalendarItem></m:Items></m:CreateItem>"
    )
    assert reply.code == "ErrorSendMeetingInvitationsRequired"
    item = anna.create(MORNING)
    named = f'<m:ItemIds><t:ItemId Id="{item}"/></m:ItemIds>'
    deleted = anna.ask(f'<m:DeleteItem DeleteType="HardDelete">{named}</m:DeleteItem>')
    assert deleted.code == "ErrorSendMeetingCancellationsRequired"
    change = set_field("item:Subject", "<t:Subject>New</t:Subject>")
    updated = anna.ask(
        '<m:UpdateItem ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange>'
        f'<t:ItemId Id="{item}"/><t:Updates>{change}</t:Updates></t:ItemChange></m:ItemChanges>'
        "</m:UpdateItem>"
    )
    assert updated.code == "ErrorSendMeetingInvitationsOrCancellationsRequired"


def test_elements_out_of_order_are_a_schema_violation_and_nothing_is_made(anna: Client) -> None:
    fields = "<t:End>2026-11-24T10:00:00Z</t:End><t:Start>2026-11-24T09:00:00Z</t:Start>"
    items = f"<t:CalendarItem>{MORNING}</t:CalendarItem><t:CalendarItem>{fields}</t:CalendarItem>"
    assert (
        anna.fault(
            f'<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>{items}</m:Items></m:CreateItem>'
        )
        == "ErrorSchemaValidation"
    )
    assert anna.view(*WEEK).ids == []


def test_a_calendar_item_is_not_made_in_the_inbox(anna: Client) -> None:
    reply = anna.ask(
        '<m:CreateItem SendMeetingInvitations="SendToNone"><m:SavedItemFolderId>'
        '<t:DistinguishedFolderId Id="inbox"/>'
        f"</m:SavedItemFolderId><m:Items><t:CalendarItem>{MORNING}</t:CalendarItem></m:Items></m:CreateItem>"
    )
    assert reply.code == "ErrorCannotCreateCalendarItemInNonCalendarFolder"


def test_shapes_say_what_comes_back(anna: Client) -> None:
    item = anna.create(
        '<t:Subject>Talk</t:Subject><t:Body BodyType="Text">Notes</t:Body>'
        + MORNING.partition("</t:Subject>")[2]
    )
    only = anna.get(item, base="IdOnly")
    assert only.ids == [item]
    assert only.all("Subject") == []
    default = anna.get(item, base="Default")
    assert default.one("Subject") == "Talk"
    assert default.all("UID") == []
    more = anna.get(
        item, base="IdOnly", fields='<t:FieldURI FieldURI="item:Body"/><t:FieldURI FieldURI="calendar:UID"/>'
    )
    assert more.one("Body") == "Notes"
    assert len(more.one("UID")) > 50


def test_extended_properties_are_kept_and_returned_when_asked_for(anna: Client) -> None:
    item = anna.create(
        "<t:Subject>Booked</t:Subject>" + stamped("b-17") + MORNING.partition("</t:Subject>")[2]
    )
    assert anna.get(item).all("ExtendedProperty") == []
    assert anna.get(item, fields=f"<t:ExtendedFieldURI {STAMP}/>").one("Value") == "b-17"


def test_an_update_sets_appends_and_deletes(anna: Client) -> None:
    item = anna.create(
        '<t:Subject>Talk</t:Subject><t:Body BodyType="Text">One.</t:Body>'
        + MORNING.partition("</t:Subject>")[2]
    )
    reply = anna.update(
        item,
        set_field("item:Subject", "<t:Subject>New</t:Subject>")
        + set_field("calendar:Start", "<t:Start>2026-11-24T08:00:00Z</t:Start>")
        + (
            '<t:AppendToItemField><t:FieldURI FieldURI="item:Body"/><t:CalendarItem>'
            '<t:Body BodyType="Text"> Two.</t:Body></t:CalendarItem></t:AppendToItemField>'
        )
        + set_field("calendar:Location", "<t:Location>Room</t:Location>")
        + '<t:DeleteItemField><t:FieldURI FieldURI="calendar:Location"/></t:DeleteItemField>'
        + (
            f"<t:SetItemField><t:ExtendedFieldURI {STAMP}/>"
            f"<t:CalendarItem>{stamped('b-1')}</t:CalendarItem></t:SetItemField>"
        ),
    )
    assert reply.code == "NoError"
    found = anna.get(item, fields=f"<t:ExtendedFieldURI {STAMP}/>")
    assert found.one("Subject") == "New"
    assert found.one("Start") == "2026-11-24T08:00:00Z"
    assert found.one("Body") == "One. Two."
    assert found.all("Location") == []
    assert found.one("Value") == "b-1"
    assert found.keys == reply.keys


@pytest.mark.parametrize(
    ("update", "code"),
    [
        (set_field("item:Subject", "<t:Location>X</t:Location>"), "ErrorUpdatePropertyMismatch"),
        (
            set_field("item:Subject", "<t:Subject>A</t:Subject><t:Location>X</t:Location>"),
            "ErrorIncorrectUpdatePropertyCount",
        ),
        (
            set_field("item:DateTimeCreated", "<t:DateTimeCreated>2026-11-24T08:00:00Z</t:DateTimeCreated>"),
            "ErrorInvalidPropertySet",
        ),
        (
            '<t:DeleteItemField><t:FieldURI FieldURI="calendar:Start"/></t:DeleteItemField>',
            "ErrorInvalidPropertyDelete",
        ),
        (
            (
                '<t:AppendToItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem>'
                "<t:Subject>A</t:Subject>"
                "</t:CalendarItem></t:AppendToItemField>"
            ),
            "ErrorInvalidPropertyAppend",
        ),
        (
            set_field("calendar:End", "<t:End>2026-11-20T08:00:00Z</t:End>"),
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
    ],
)
def test_changes_that_cannot_be_made_leave_the_item_as_it_was(anna: Client, update: str, code: str) -> None:
    item = anna.create(MORNING)
    before = anna.get(item).text
    assert anna.update(item, update).code == code
    assert anna.get(item).text == before


def test_change_keys_guard_against_overwriting(anna: Client) -> None:
    item = anna.create(MORNING)
    old = anna.get(item).keys[0]
    rename = set_field("item:Subject", "<t:Subject>First</t:Subject>")
    assert anna.update(item, rename, key=old, resolution="NeverOverwrite").code == "NoError"
    again = set_field("item:Subject", "<t:Subject>Second</t:Subject>")
    assert anna.update(item, again, key=old, resolution="NeverOverwrite").code == "ErrorIrresolvableConflict"
    assert anna.get(item).one("Subject") == "First"
    assert anna.update(item, again, key=old, resolution="AutoResolve").code == "NoError"
    assert (
        anna.update(item, again, resolution="AutoResolve").code == "ErrorChangeKeyRequiredForWriteOperations"
    )
    assert anna.update(item, again, key="rubbish").code == "ErrorInvalidChangeKey"


def test_an_occurrence_is_named_by_its_place_in_the_series(anna: Client) -> None:
    master = series(anna)
    found = anna.ask(get_item(occurrence(master, 3)))
    assert found.one("Start") == "2026-11-25T09:00:00Z"
    assert found.one("CalendarItemType") == "Occurrence"
    assert (
        anna.ask(get_item(occurrence(master, 6))).code == "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"
    )
    anna.delete(occurrence(master, 2))
    assert anna.ask(get_item(occurrence(master, 2))).code == "ErrorCalendarOccurrenceIsDeletedFromRecurrence"
    up = anna.ask(get_item(f'<t:RecurringMasterItemId OccurrenceId="{found.ids[0]}"/>'))
    assert up.ids[0] == master
    assert anna.ask(get_item(f'<t:RecurringMasterItemId OccurrenceId="{master}"/>')).code == (
        "ErrorCalendarCannotUseIdForOccurrenceId"
    )


def test_a_changed_occurrence_is_an_exception_that_the_series_tells_of(anna: Client) -> None:
    master = series(anna)
    second = anna.ask(get_item(occurrence(master, 2))).ids[0]
    anna.update(
        second,
        set_field("calendar:Start", "<t:Start>2026-11-24T14:00:00Z</t:Start>")
        + set_field("calendar:End", "<t:End>2026-11-24T15:00:00Z</t:End>"),
    )
    anna.update(second, set_field("item:Subject", "<t:Subject>Moved</t:Subject>"))
    anna.delete(occurrence(master, 4))
    shown = anna.view(*WEEK)
    assert shown.all("Subject") == ["Series", "Moved", "Series", "Series"]
    assert shown.all("CalendarItemType") == ["Occurrence", "Exception", "Occurrence", "Occurrence"]
    whole = anna.get(master)
    assert whole.one("CalendarItemType") == "RecurringMaster"
    changed = whole.root.find(".//{*}ModifiedOccurrences/{*}Occurrence")
    assert changed is not None
    assert changed.findtext("{*}Start") == "2026-11-24T14:00:00Z"
    assert changed.findtext("{*}OriginalStart") == "2026-11-24T09:00:00Z"
    gone = whole.root.find(".//{*}DeletedOccurrences/{*}DeletedOccurrence")
    assert gone is not None
    assert gone.findtext("{*}Start") == "2026-11-26T09:00:00Z"
    assert whole.root.findtext(".//{*}FirstOccurrence/{*}Start") == "2026-11-23T09:00:00Z"
    assert whole.root.findtext(".//{*}LastOccurrence/{*}Start") == "2026-11-27T09:00:00Z"


def test_an_occurrence_cannot_pass_its_neighbour(anna: Client) -> None:
    master = series(anna)
    second = anna.ask(get_item(occurrence(master, 2))).ids[0]
    later = set_field("calendar:End", "<t:End>2026-11-26T15:00:00Z</t:End>") + set_field(
        "calendar:Start", "<t:Start>2026-11-26T14:00:00Z</t:Start>"
    )
    assert anna.update(second, later).code == "ErrorOccurrenceCrossingBoundary"


def test_new_times_of_a_series_undo_its_exceptions_and_a_new_subject_does_not(anna: Client) -> None:
    master = series(anna)
    anna.delete(occurrence(master, 2))
    anna.update(master, set_field("item:Subject", "<t:Subject>Renamed</t:Subject>"))
    assert len(anna.view(*WEEK).ids) == 4
    anna.update(master, set_field("calendar:End", "<t:End>2026-11-23T10:30:00Z</t:End>"))
    assert len(anna.view(*WEEK).ids) == 5


def test_a_series_without_its_recurrence_is_a_single_appointment(anna: Client) -> None:
    master = series(anna)
    anna.update(master, '<t:DeleteItemField><t:FieldURI FieldURI="calendar:Recurrence"/></t:DeleteItemField>')
    shown = anna.view(*WEEK)
    assert shown.ids == [master]
    assert shown.all("CalendarItemType") == ["Single"]


@pytest.mark.parametrize(
    "pattern",
    [
        "<t:DailyRecurrence><t:Interval>3</t:Interval></t:DailyRecurrence>",
        (
            "<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday Friday</t:DaysOfWeek>"
            "<t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence>"
        ),
        (
            "<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>31</t:DayOfMonth>"
            "</t:AbsoluteMonthlyRecurrence>"
        ),
        (
            "<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek>"
            "<t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>"
        ),
        (
            "<t:AbsoluteYearlyRecurrence><t:DayOfMonth>29</t:DayOfMonth><t:Month>February</t:Month>"
            "</t:AbsoluteYearlyRecurrence>"
        ),
        (
            "<t:RelativeYearlyRecurrence><t:DaysOfWeek>Tuesday</t:DaysOfWeek>"
            "<t:DayOfWeekIndex>Second</t:DayOfWeekIndex>"
            "<t:Month>May</t:Month></t:RelativeYearlyRecurrence>"
        ),
    ],
)
@pytest.mark.parametrize(
    "ends",
    [
        "<t:NoEndRecurrence><t:StartDate>2026-11-23</t:StartDate></t:NoEndRecurrence>",
        (
            "<t:EndDateRecurrence><t:StartDate>2026-11-23</t:StartDate>"
            "<t:EndDate>2040-01-01</t:EndDate></t:EndDateRecurrence>"
        ),
        (
            "<t:NumberedRecurrence><t:StartDate>2026-11-23</t:StartDate>"
            "<t:NumberOfOccurrences>3</t:NumberOfOccurrences>"
            "</t:NumberedRecurrence>"
        ),
    ],
)
def test_every_pattern_with_every_range_comes_back_with_the_offset_of_its_zone(
    anna: Client, pattern: str, ends: str
) -> None:
    item = anna.create(
        timed("Series", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", recurring(pattern, ends))
    )
    ends = ends.replace("</t:StartDate>", "+01:00</t:StartDate>").replace(
        "</t:EndDate>", "+01:00</t:EndDate>"
    )
    assert pattern + ends in anna.get(item).text


def test_deleting_for_good_or_into_a_folder(anna: Client) -> None:
    items = [anna.create(MORNING) for _ in range(3)]
    for item, how in zip(items, ("HardDelete", "SoftDelete", "MoveToDeletedItems"), strict=True):
        assert anna.delete(f'<t:ItemId Id="{item}"/>', how).code == "NoError"
        assert anna.get(item).code == "ErrorItemNotFound"
    folders = anna.mailbox.folders.distinguished
    assert len(folders["deleteditems"].items) == 1
    assert len(folders["recoverableitemsdeletions"].items) == 1
    assert anna.view(*WEEK).ids == []


def test_a_reviewer_reads_and_does_not_write(anna: Client) -> None:
    ben = Client(anna.exchange, "ben@contoso.example")
    item = ben.create(MORNING)
    share(anna.exchange, "Reviewer")
    assert anna.view(*WEEK, folder=BENS_CALENDAR).ids == [item]
    refused = anna.ask(
        '<m:CreateItem SendMeetingInvitations="SendToNone">'
        f"<m:SavedItemFolderId>{BENS_CALENDAR}</m:SavedItemFolderId>"
        f"<m:Items><t:CalendarItem>{MORNING}</t:CalendarItem></m:Items></m:CreateItem>"
    )
    assert refused.code == "ErrorCreateItemAccessDenied"
    assert (
        anna.update(item, set_field("item:Subject", "<t:Subject>X</t:Subject>")).code == "ErrorAccessDenied"
    )
    assert anna.delete(f'<t:ItemId Id="{item}"/>').code == "ErrorAccessDenied"


def test_an_author_changes_only_what_is_the_authors(anna: Client) -> None:
    bens = Client(anna.exchange, "ben@contoso.example").create(MORNING)
    share(anna.exchange, "Author")
    own = anna.create(MORNING, folder=BENS_CALENDAR)
    rename = set_field("item:Subject", "<t:Subject>X</t:Subject>")
    assert anna.update(own, rename).code == "NoError"
    assert anna.update(bens, rename).code == "ErrorAccessDenied"


def test_without_permission_a_calendar_is_not_found(anna: Client) -> None:
    bens = Client(anna.exchange, "ben@contoso.example").create(MORNING)
    assert anna.view(*WEEK, folder=BENS_CALENDAR).code == "ErrorItemNotFound"
    assert anna.get(bens).code == "ErrorItemNotFound"


def test_somebody_elses_private_appointment_is_not_there(anna: Client) -> None:
    secret = (
        "<t:Subject>Doctor</t:Subject><t:Sensitivity>Private</t:Sensitivity>"
        + MORNING.partition("</t:Subject>")[2]
    )
    ben = Client(anna.exchange, "ben@contoso.example")
    share(anna.exchange, "Reviewer")
    known = anna.sync(folder=BENS_CALENDAR).message("SyncState")
    item = ben.create(secret)
    assert ben.view(*WEEK).ids == [item]
    assert anna.view(*WEEK, folder=BENS_CALENDAR).ids == []
    assert anna.sync(known, folder=BENS_CALENDAR).changes() == []
    assert anna.get(item).code == "ErrorItemNotFound"


def test_an_appointment_that_becomes_private_is_gone_for_a_follower(anna: Client) -> None:
    ben = Client(anna.exchange, "ben@contoso.example")
    share(anna.exchange, "Reviewer")
    item = ben.create(MORNING)
    known = anna.sync(folder=BENS_CALENDAR).message("SyncState")
    ben.update(item, set_field("item:Sensitivity", "<t:Sensitivity>Private</t:Sensitivity>"))
    assert anna.sync(known, folder=BENS_CALENDAR).changes() == [("Delete", item)]


def test_ids_of_the_wrong_kind_say_so(anna: Client) -> None:
    folder = anna.mailbox.folders.calendar.id
    assert anna.get(folder).code == "ErrorCannotUseFolderIdForItemId"
    assert anna.get("rubbish").code == "ErrorInvalidIdMalformed"
    item = anna.create(MORNING)
    assert anna.view(*WEEK, folder=f'<t:FolderId Id="{item}"/>').code == "ErrorCannotUseItemIdForFolderId"


def test_attendees_make_a_meeting(anna: Client) -> None:
    attendee = (
        "<t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>ben@contoso.example"
        "</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>"
    )
    item = anna.create(MORNING + attendee, attributes='SendMeetingInvitations="SendToAllAndSaveCopy"')
    found = anna.get(item)
    assert found.one("IsMeeting") == "true"
    assert found.one("MeetingRequestWasSent") == "true"
    assert "ben@contoso.example" in found.all("EmailAddress")


def test_messages_are_stored_as_drafts(anna: Client) -> None:
    made = anna.ask(
        '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>Hello</t:Subject>'
        '<t:Body BodyType="HTML">&lt;p&gt;Hi&lt;/p&gt;</t:Body><t:ToRecipients><t:Mailbox>'
        "<t:EmailAddress>x@y.example"
        "</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>"
    )
    found = anna.get(made.ids[0])
    assert found.one("Subject") == "Hello"
    assert found.one("IsDraft") == "true"
    assert len(anna.mailbox.folders.distinguished["drafts"].items) == 1


def test_an_item_of_no_kind_is_kept_as_a_message(anna: Client) -> None:
    made = anna.ask(
        '<m:CreateItem MessageDisposition="SaveOnly">'
        '<m:SavedItemFolderId><t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId>'
        "<m:Items><t:Item><t:ItemClass>IPM.Note</t:ItemClass><t:Subject>Note</t:Subject>"
        "</t:Item></m:Items></m:CreateItem>"
    )
    (identifier,) = made.ids
    changed = anna.ask(
        '<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges>'
        f'<t:ItemChange><t:ItemId Id="{identifier}"/><t:Updates><t:SetItemField>'
        '<t:FieldURI FieldURI="item:Subject"/><t:Item><t:Subject>Other</t:Subject></t:Item>'
        "</t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>"
    )
    assert (made.code, changed.code) == ("NoError", "NoError")
    assert anna.get(identifier).one("Subject") == "Other"


def test_a_location_has_an_address_until_another_is_set(anna: Client) -> None:
    address = "<t:Street>Harbour 1</t:Street><t:City>Kiel</t:City>"
    item = anna.create(
        "<t:Subject>Tour</t:Subject><t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End>"
        "<t:EnhancedLocation><t:DisplayName>Pier</t:DisplayName><t:Annotation>north side</t:Annotation>"
        f"<t:PostalAddress>{address}</t:PostalAddress></t:EnhancedLocation>"
    )
    seen = anna.get(item)
    assert (seen.one("Location"), seen.one("DisplayName"), seen.one("City")) == ("Pier", "Pier", "Kiel")
    path = '<t:FieldURI FieldURI="calendar:Location"/>'
    hall = "<t:CalendarItem><t:Location>Hall</t:Location></t:CalendarItem>"
    anna.update(item, f"<t:SetItemField>{path}{hall}</t:SetItemField>")
    seen = anna.get(item)
    assert (seen.one("DisplayName"), seen.all("City")) == ("Hall", [])
