"""FindItem: calendar views, pages, restrictions and sort orders."""

import pytest

from oncetui.simulator.events import add_event

from .asking import NOW, STAMP, Client, Reply, daily, stamped, timed

CALENDAR = '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds>'
SUBJECT = '<t:FieldURI FieldURI="item:Subject"/>'


def fill(anna: Client, count: int) -> None:
    for number in range(count):
        event = {
            "subject": f"Event {number}",
            "start": f"2026-12-01T{number % 24:02}:00:00Z",
            "end": "2026-12-02T00:30:00Z",
        }
        add_event(anna.exchange, anna.mailbox, event)


def find(
    anna: Client, view: str = "", restriction: str = "", order: str = "", fields: str = SUBJECT
) -> Reply:
    limits = f"<m:Restriction>{restriction}</m:Restriction>" if restriction else ""
    return anna.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>'
        "<t:AdditionalProperties>"
        f"{fields}</t:AdditionalProperties></m:ItemShape>{view}{limits}{order}{CALENDAR}</m:FindItem>"
    )


def compared(operator: str, path: str, value: str) -> str:
    constant = f'<t:FieldURIOrConstant><t:Constant Value="{value}"/></t:FieldURIOrConstant>'
    return f"<t:{operator}>{path}{constant}</t:{operator}>"


def contained(mode: str, comparison: str, path: str, value: str) -> str:
    how = f'ContainmentMode="{mode}" ContainmentComparison="{comparison}"'
    return f'<t:Contains {how}>{path}<t:Constant Value="{value}"/></t:Contains>'


def test_a_view_holds_what_touches_its_window(anna: Client) -> None:
    for subject, start, end in (
        ("before", "08:00", "08:59"),
        ("ends at the start", "08:00", "09:00"),
        ("across the start", "08:30", "09:30"),
        ("inside", "10:00", "11:00"),
        ("across the end", "11:30", "12:30"),
        ("begins at the end", "12:00", "13:00"),
    ):
        anna.create(timed(subject, f"2026-12-01T{start}:00Z", f"2026-12-01T{end}:00Z"))
    shown = anna.view("2026-12-01T09:00:00Z", "2026-12-01T12:00:00Z")
    assert shown.all("Subject") == ["ends at the start", "across the start", "inside", "across the end"]
    assert (shown.attribute("TotalItemsInView"), shown.attribute("IncludesLastItemInRange")) == ("4", "true")


def test_an_event_of_months_is_in_a_view_of_one_of_its_days(anna: Client) -> None:
    anna.create(timed("Sabbatical", "2026-06-01T00:00:00Z", "2026-12-01T00:00:00Z"))
    assert anna.view("2026-09-01T00:00:00Z", "2026-09-02T00:00:00Z").all("Subject") == ["Sabbatical"]


def test_a_view_never_returns_more_than_a_thousand_and_says_so(anna: Client) -> None:
    fill(anna, 1001)
    shown = anna.view("2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z")
    assert len(shown.ids) == 1000
    assert shown.attribute("IncludesLastItemInRange") == "false"
    few = anna.view("2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z", most=3)
    assert few.ids == shown.ids[:3]
    assert few.attribute("IncludesLastItemInRange") == "false"


def test_series_are_expanded_and_sorted_in_among_the_others(anna: Client) -> None:
    anna.create(timed("Daily", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", daily("2026-12-01", 3)))
    anna.create(timed("Single", "2026-12-02T08:00:00Z", "2026-12-02T08:30:00Z"))
    shown = anna.view("2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z")
    assert shown.all("Subject") == ["Daily", "Single", "Daily", "Daily"]
    assert len(set(shown.ids)) == 4
    paged = find(anna)
    assert sorted(paged.all("Subject")) == ["Daily", "Single"]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z", "NoError"),
        ("2026-01-01T00:00:00Z", "2028-01-01T00:00:01Z", "ErrorCalendarViewRangeTooBig"),
        ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "ErrorCalendarEndDateIsEarlierThanStartDate"),
    ],
)
def test_windows_have_limits(anna: Client, start: str, end: str, code: str) -> None:
    assert anna.view(start, end).code == code


def test_a_restriction_beside_a_view_is_an_invalid_operation(anna: Client) -> None:
    view = '<m:CalendarView StartDate="2026-01-01T00:00:00Z" EndDate="2026-02-01T00:00:00Z"/>'
    assert find(anna, view, compared("IsEqualTo", SUBJECT, "x")).code == "ErrorInvalidOperation"


def test_a_view_of_the_inbox_is_refused(anna: Client) -> None:
    inbox = '<t:DistinguishedFolderId Id="inbox"/>'
    code = anna.view("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", folder=inbox).code
    assert code == "ErrorCalendarFolderIsInvalidForCalendarView"


def test_a_search_that_names_the_body_gets_everything_else(anna: Client) -> None:
    text = '<t:Body BodyType="Text">Bring the plan</t:Body>'
    times = "<t:Start>2026-01-05T09:00:00Z</t:Start><t:End>2026-01-05T10:00:00Z</t:End>"
    item = anna.create(f"<t:Subject>Plan</t:Subject>{text}{times}")
    uris = ("item:Body", "item:TextBody", "item:Subject")
    reply = find(anna, "", fields="".join(f'<t:FieldURI FieldURI="{uri}"/>' for uri in uris))
    assert (reply.code, reply.all("Subject"), reply.all("Body"), reply.all("TextBody")) == (
        "NoError",
        ["Plan"],
        [],
        [],
    )
    assert anna.get(item).one("Body") == "Bring the plan"


def test_attendees_are_not_for_searches(anna: Client) -> None:
    view = '<m:CalendarView StartDate="2026-01-01T00:00:00Z" EndDate="2026-02-01T00:00:00Z"/>'
    for uri in ("calendar:RequiredAttendees", "calendar:Recurrence"):
        assert (
            find(anna, view, fields=f'<t:FieldURI FieldURI="{uri}"/>').code == "ErrorInvalidPropertyRequest"
        )


def test_pages_follow_one_another(anna: Client) -> None:
    fill(anna, 5)
    pages = [
        find(anna, f'<m:IndexedPageItemView MaxEntriesReturned="2" Offset="{offset}" BasePoint="Beginning"/>')
        for offset in (0, 2, 4, 6)
    ]
    assert [page.all("Subject") for page in pages] == [
        ["Event 0", "Event 1"],
        ["Event 2", "Event 3"],
        ["Event 4"],
        [],
    ]
    assert [page.attribute("IndexedPagingOffset") for page in pages[:3]] == ["2", "4", "5"]
    assert [page.attribute("IncludesLastItemInRange") for page in pages] == ["false", "false", "true", "true"]
    assert {page.attribute("TotalItemsInView") for page in pages} == {"5"}


@pytest.mark.parametrize("view", ['MaxEntriesReturned="0" Offset="0"', 'MaxEntriesReturned="-1" Offset="0"'])
def test_a_page_of_nothing_is_refused(anna: Client, view: str) -> None:
    assert (
        find(anna, f'<m:IndexedPageItemView {view} BasePoint="Beginning"/>').code
        == "ErrorInvalidPagingMaxRows"
    )


START = '<t:FieldURI FieldURI="calendar:Start"/>'
CATEGORIES = '<t:FieldURI FieldURI="item:Categories"/>'
ALL_DAY = '<t:FieldURI FieldURI="calendar:IsAllDayEvent"/>'
STAMPED = f"<t:ExtendedFieldURI {STAMP}/>"
FIRST_STAMP = compared("IsEqualTo", STAMPED, "b-1")


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        (compared("IsEqualTo", SUBJECT, "ALPHA"), ["alpha"]),
        (compared("IsNotEqualTo", SUBJECT, "alpha"), ["beta", "gamma"]),
        (compared("IsGreaterThan", START, "2026-12-02T09:00:00Z"), ["gamma"]),
        (compared("IsGreaterThanOrEqualTo", START, "2026-12-02T10:00:00+01:00"), ["beta", "gamma"]),
        (compared("IsLessThan", START, "2026-12-02T09:00:00Z"), ["alpha"]),
        (compared("IsLessThanOrEqualTo", START, "2026-12-02T09:00:00Z"), ["alpha", "beta"]),
        (compared("IsEqualTo", CATEGORIES, "green"), ["beta"]),
        (compared("IsEqualTo", ALL_DAY, "true"), ["gamma"]),
        (compared("IsEqualTo", STAMPED, "b-2"), ["beta"]),
        (f"<t:Exists>{STAMPED}</t:Exists>", ["alpha", "beta"]),
        (f"<t:Not><t:Exists>{STAMPED}</t:Exists></t:Not>", ["gamma"]),
        (
            f"<t:And>{FIRST_STAMP}{compared('IsEqualTo', SUBJECT, 'alpha')}</t:And>",
            ["alpha"],
        ),
        (
            f"<t:And>{FIRST_STAMP}{compared('IsEqualTo', SUBJECT, 'beta')}</t:And>",
            [],
        ),
        (
            f"<t:Or>{FIRST_STAMP}{compared('IsEqualTo', SUBJECT, 'gamma')}</t:Or>",
            ["alpha", "gamma"],
        ),
        (
            contained("Substring", "IgnoreCase", SUBJECT, "AM"),
            ["gamma"],
        ),
        (
            contained("Prefixed", "Exact", STAMPED, "b-"),
            ["alpha"],
        ),
    ],
)
def test_restrictions_choose_by_fields_and_extended_properties(
    anna: Client, restriction: str, expected: list[str]
) -> None:
    categories = "<t:Categories><t:String>red</t:String><t:String>green</t:String></t:Categories>"
    for number, (subject, more) in enumerate(
        (("alpha", stamped("b-1")), ("beta", categories + stamped("B-2")), ("gamma", "")), 1
    ):
        day = f"2026-12-0{number}"
        whole = "<t:IsAllDayEvent>true</t:IsAllDayEvent>" if subject == "gamma" else ""
        start = f"{day}T00:00:00Z" if whole else f"{day}T09:00:00Z"
        times = f"<t:Start>{start}</t:Start><t:End>{day}T10:00:00Z</t:End>{whole}"
        anna.create(f"<t:Subject>{subject}</t:Subject>{more}{times}")
    assert find(anna, restriction=restriction).all("Subject") == expected


def test_a_stamp_is_found_after_it_changed_and_not_by_its_old_value(anna: Client) -> None:
    item = anna.create(
        "<t:Subject>Booked</t:Subject>" + stamped("old") + "<t:Start>2026-12-01T09:00:00Z</t:Start>"
    )
    anna.update(
        item,
        f"<t:SetItemField>{STAMPED}<t:CalendarItem>{stamped('new')}</t:CalendarItem></t:SetItemField>",
    )
    assert find(anna, restriction=compared("IsEqualTo", STAMPED, "old")).ids == []
    assert find(anna, restriction=compared("IsEqualTo", STAMPED, "new")).ids == [item]
    anna.delete(f'<t:ItemId Id="{item}"/>')
    assert find(anna, restriction=compared("IsEqualTo", STAMPED, "new")).ids == []


def test_calculated_properties_cannot_be_searched(anna: Client) -> None:
    path = '<t:FieldURI FieldURI="calendar:Duration"/>'
    assert find(anna, restriction=compared("IsEqualTo", path, "PT1H")).code == "ErrorUnsupportedPathForQuery"


def test_sort_orders_apply_first_to_last(anna: Client) -> None:
    for subject, hour in (("b", 9), ("a", 9), ("c", 8)):
        anna.create(timed(subject, f"2026-12-01T0{hour}:00:00Z", "2026-12-01T10:00:00Z"))
    order = (
        f'<m:SortOrder><t:FieldOrder Order="Descending">{START}</t:FieldOrder>'
        f'<t:FieldOrder Order="Ascending">{SUBJECT}</t:FieldOrder></m:SortOrder>'
    )
    assert find(anna, order=order).all("Subject") == ["a", "b", "c"]


def test_several_folders_are_answered_one_by_one(anna: Client) -> None:
    parents = (
        '<t:DistinguishedFolderId Id="calendar"/><t:FolderId Id="rubbish"/>'
        '<t:DistinguishedFolderId Id="inbox"/>'
    )
    reply = anna.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
        f"<m:ParentFolderIds>{parents}</m:ParentFolderIds></m:FindItem>"
    )
    assert reply.codes == ["NoError", "ErrorInvalidIdMalformed", "NoError"]


def test_the_clock_of_the_world_dates_what_is_made(anna: Client) -> None:
    item = anna.create(timed("Talk", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z"))
    assert anna.get(item).one("DateTimeCreated") == NOW.isoformat()[:19] + "Z"
