"""The operations against answers of every kind: old servers, cut answers, faults, pages."""

import importlib.util
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from oncetui.exchange.discovery import pox, soap
from oncetui.exchange.discovery.told_settings import Refused, ToldUrl
from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.operations.find_calendars import own_calendars, shared_calendars
from oncetui.exchange.operations.find_items import FindItem
from oncetui.exchange.operations.free_busy import GetUserAvailability
from oncetui.exchange.operations.get_item import GetItem
from oncetui.exchange.operations.proof import first_event
from oncetui.exchange.operations.read_view import CalendarView, viewed
from oncetui.exchange.operations.sync_changes import SyncFolderItems, changes_since
from oncetui.exchange.series.asking import FoundSeries, find_series, series_and_changes
from oncetui.model.calendars import Changes, Showing, Window
from tests.exchange.canned import HEAD, TAIL, account_answered, fault, message

MATERIAL = Path(__file__).resolve().parents[2].parent / "shared" / "exchange"
WINDOW = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
EVENT = (
    '<t:CalendarItem><t:ItemId Id="i1" ChangeKey="c"/><t:Start>2026-03-05T09:00:00Z</t:Start>'
    "<t:End>2026-03-05T10:00:00Z</t:End><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus></t:CalendarItem>"
)


def view(*events: str) -> bytes:
    items = "".join(events)
    page = 'TotalItemsInView="1" IncludesLastItemInRange="true"'
    return message("FindItem", f"<m:RootFolder {page}><t:Items>{items}</t:Items></m:RootFolder>")


def folder(key: str, parent: str, name: str, kind: str = "", *, create: str = "true") -> str:
    known = f"<t:DistinguishedFolderId>{kind}</t:DistinguishedFolderId>" if kind else ""
    return (
        f'<t:CalendarFolder><t:FolderId Id="{key}"/><t:ParentFolderId Id="{parent}"/>'
        f"<t:DisplayName>{name}</t:DisplayName><t:EffectiveRights><t:CreateContents>{create}</t:CreateContents>"
        f"<t:Read>true</t:Read></t:EffectiveRights>{known}</t:CalendarFolder>"
    )


def listed(*folders: str, following: int | None = None) -> bytes:
    page = f'IndexedPagingOffset="{following}" ' if following else ""
    last = "false" if following else "true"
    inside = "".join(folders)
    root = f'<m:RootFolder {page}TotalItemsInView="9" IncludesLastItemInRange="{last}">'
    return message("FindFolder", f"{root}<t:Folders>{inside}</t:Folders></m:RootFolder>")


def got(one: str) -> bytes:
    return message("GetFolder", f"<m:Folders>{one}</m:Folders>")


def names(*answers: Any, schema: str = "Exchange2013_SP1") -> tuple[list[str], list[bytes]]:
    account, canned = account_answered(*answers, schema=schema)
    return [calendar.name for calendar in own_calendars(account)], canned.sent


def test_calendars_come_in_one_request_the_default_first_then_by_name() -> None:
    answer = listed(
        folder("b", "root", "zoo"), folder("a", "root", "Calendar", "calendar"), folder("c", "a", "Alps")
    )
    assert names(answer)[0] == ["Calendar", "Alps", "zoo"]


def test_calendars_over_several_pages_are_all_listed() -> None:
    found, sent = names(
        listed(folder("a", "root", "Calendar", "calendar"), following=1),
        listed(folder("b", "root", "Private")),
    )
    assert found == ["Calendar", "Private"]
    assert b'Offset="1"' in sent[1]


def test_a_deleted_calendar_is_not_listed() -> None:
    answer = listed(
        folder("a", "root", "Calendar", "calendar"), folder("b", "bin", "Old"), folder("c", "box", "Team")
    )
    assert names(answer, got(folder("bin", "root", "Deleted Items")))[0] == ["Calendar", "Team"]


def test_where_deleted_items_cannot_be_seen_everything_is_listed() -> None:
    answer = listed(folder("a", "root", "Calendar", "calendar"), folder("b", "box", "Team"))
    refused = message("GetFolder", "", "ErrorAccessDenied", "Error")
    assert names(answer, refused)[0] == ["Calendar", "Team"]


def test_a_server_before_2013_is_asked_for_its_default_calendar() -> None:
    answers = (
        listed(folder("b", "root", "Alps"), folder("a", "root", "Calendar")),
        got(folder("a", "root", "Calendar")),
    )
    found, sent = names(*answers, schema="Exchange2010_SP2")
    assert found == ["Calendar", "Alps"]
    assert b"folder:DistinguishedFolderId" not in sent[0]


def test_an_older_server_is_spoken_to_in_its_own_schema() -> None:
    found, sent = names(
        fault("ErrorInvalidServerVersion"),
        fault("ErrorInvalidServerVersion"),
        fault("ErrorSchemaValidation"),
        listed(folder("a", "root", "Calendar")),
        got(folder("a", "root", "Calendar")),
    )
    assert found == ["Calendar"]
    assert b'"Exchange2013"' in sent[1]
    assert b'"Exchange2010_SP2"' in sent[2]
    assert b"folder:DistinguishedFolderId" not in sent[3]


def test_a_server_that_knows_no_schema_at_all_is_told_and_ends() -> None:
    account, canned = account_answered(*[fault("ErrorInvalidServerVersion")] * 20)
    with pytest.raises(ResponseCodeError, match="ErrorInvalidServerVersion"):
        own_calendars(account)
    assert len(canned.sent) <= 10


def free_busy(content: str, code: str = "NoError", kind: str = "Success") -> bytes:
    told = f"<m:ResponseCode>{code}</m:ResponseCode>"
    told = f'<m:ResponseMessage ResponseClass="{kind}">{told}</m:ResponseMessage>'
    view = f"<m:FreeBusyView>{content}</m:FreeBusyView>"
    inside = f"<m:FreeBusyResponseArray><m:FreeBusyResponse>{told}{view}</m:FreeBusyResponse>"
    answer = (
        f"<m:GetUserAvailabilityResponse>{inside}</m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>"
    )
    return (HEAD + answer + TAIL).encode()


def test_merged_free_busy_is_read_by_its_digits() -> None:
    merged = "<t:FreeBusyViewType>MergedOnly</t:FreeBusyViewType><t:MergedFreeBusy>002134</t:MergedFreeBusy>"
    account, _ = account_answered(free_busy(merged))
    start = WINDOW.start
    hours = Window(start, start + timedelta(minutes=90))
    blocks = GetUserAvailability(account=account).of("ben@contoso.example", hours)
    quarters = [(block.start - start) // timedelta(minutes=15) for block in blocks]
    assert quarters == [2, 3, 4, 5]
    assert [block.showing for block in blocks] == [
        Showing.BUSY,
        Showing.TENTATIVE,
        Showing.AWAY,
        Showing.ELSEWHERE,
    ]


def test_a_view_without_free_busy_is_never_read_as_a_quiet_calendar() -> None:
    for answer in (free_busy("<t:FreeBusyViewType>None</t:FreeBusyViewType>"), free_busy("")):
        account, _ = account_answered(answer)
        with pytest.raises(ResponseCodeError, match="ErrorNoFreeBusyAccess"):
            GetUserAvailability(account=account).of("ben@contoso.example", WINDOW)


def test_a_shared_calendar_that_is_denied_raises() -> None:
    denied = message("GetFolder", "", "ErrorAccessDenied", "Error")
    account, _ = account_answered(denied, free_busy("", "ErrorNoFreeBusyAccess", "Error"))
    with pytest.raises(ResponseCodeError, match="ErrorAccessDenied"):
        list(shared_calendars(account, ["ben@contoso.example"]))


def test_an_answer_that_is_cut_off_is_never_read_as_a_quiet_calendar() -> None:
    whole = view(EVENT, EVENT.replace("i1", "i2"))
    for cut in (len(whole) // 2, len(whole) - 20, len(whole) - 3):
        account, _ = account_answered(whole[:cut])
        with pytest.raises((NotUnderstoodError, UnexpectedAnswerError)):
            viewed(CalendarView(account=account), "k", WINDOW)


def test_characters_that_xml_forbids_do_not_lose_an_event() -> None:
    account, _ = account_answered(
        view(EVENT.replace("</t:CalendarItem>", "<t:Subject>a&#x1;b</t:Subject></t:CalendarItem>"))
    )
    assert len(viewed(CalendarView(account=account), "k", WINDOW).blocks) == 1


@pytest.mark.parametrize(
    ("missing", "with_this"),
    [('<t:ItemId Id="i1" ChangeKey="c"/>', ""), ("2026-03-05T09:00:00Z", ""), ("<t:Items>", "<t:Other>")],
)
def test_an_event_without_what_it_must_have_is_never_passed_over(missing: str, with_this: str) -> None:
    body = (
        view(EVENT)
        .decode()
        .replace(missing, with_this)
        .replace("</t:Items>", "</t:Other>" if "Other" in with_this else "</t:Items>")
    )
    account, _ = account_answered(body.encode())
    with pytest.raises(NotUnderstoodError):
        viewed(CalendarView(account=account), "k", WINDOW)


@pytest.mark.parametrize("wrapper", ['<t:Value Name="Other">x</t:Value>', ""])
def test_the_wait_of_a_busy_server_is_found_wherever_it_stands(wrapper: str) -> None:
    values = f'{wrapper}<t:Value Name="BackOffMilliseconds">297749</t:Value>'
    inner = message("FindItem", f"<m:MessageXml>{values}</m:MessageXml>", "ErrorServerBusy", "Error")
    for answer in (fault("ErrorServerBusy", values), inner):
        account, canned = account_answered(answer)
        with pytest.raises(ResponseCodeError) as caught:
            viewed(CalendarView(account=account), "k", WINDOW)
        assert (caught.value.code, caught.value.back_off) == ("ErrorServerBusy", 297.749)
        assert len(canned.sent) == 1


@pytest.mark.parametrize(("told", "wait"), [("9" * 30, 86400.0), ("9" * 5000, 86400.0), ("²", None)])
def test_a_wait_beyond_reason_is_a_day_and_one_that_is_no_number_is_none(
    told: str, wait: float | None
) -> None:
    account, _ = account_answered(
        fault("ErrorServerBusy", f'<t:Value Name="BackOffMilliseconds">{told}</t:Value>')
    )
    with pytest.raises(ResponseCodeError) as caught:
        viewed(CalendarView(account=account), "k", WINDOW)
    assert caught.value.back_off == wait


@pytest.mark.parametrize("sign", ["&#x1b;[31m", "\x1b[31m", "\u009b31m", "\u202e", "&#x9b;"])
def test_no_name_of_a_server_can_steer_a_terminal(sign: str) -> None:
    found, _ = names(listed(folder("c", "root", f"Cal{sign}endar", "calendar")))
    assert found
    assert all(name.isprintable() for name in found)
    account, _ = account_answered(
        view(EVENT.replace("</t:CalendarItem>", f"<t:Subject>a{sign}b</t:Subject></t:CalendarItem>"))
    )
    event = first_event(CalendarView(account=account), "k", WINDOW)
    assert event is not None
    assert event.subject.isprintable()


def test_an_inner_code_says_more_than_the_outer_one() -> None:
    inner = (
        '<m:MessageXml><t:Value Name="InnerErrorResponseCode">ErrorMailboxFailover</t:Value></m:MessageXml>'
    )
    account, _ = account_answered(message("FindItem", inner, "ErrorInternalServerError", "Error"))
    with pytest.raises(ResponseCodeError, match="ErrorMailboxFailover"):
        viewed(CalendarView(account=account), "k", WINDOW)


def test_a_code_that_no_list_has_keeps_its_name() -> None:
    account, _ = account_answered(message("FindItem", "", "ErrorFromTheFuture", "Error"))
    with pytest.raises(ResponseCodeError, match="ErrorFromTheFuture"):
        viewed(CalendarView(account=account), "k", WINDOW)


@pytest.mark.parametrize("body", [b"<html><body>Welcome</body></html>", b"", b"{}", b"<not-soap/>"])
def test_a_page_with_status_200_is_no_answer(body: bytes) -> None:
    account, _ = account_answered(body)
    with pytest.raises(UnexpectedAnswerError):
        viewed(CalendarView(account=account), "k", WINDOW)


def test_an_answer_to_another_question_is_not_taken() -> None:
    account, _ = account_answered(message("GetItem", ""))
    with pytest.raises(NotUnderstoodError):
        viewed(CalendarView(account=account), "k", WINDOW)


def changes(state: str, *, last: str = "true", change: str = "") -> bytes:
    return message(
        "SyncFolderItems",
        f"<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange><m:Changes>{change}</m:Changes>",
    )


CREATED = '<t:Create><t:CalendarItem><t:ItemId Id="i1"/></t:CalendarItem></t:Create>'


def test_changes_are_followed_to_the_end() -> None:
    account, canned = account_answered(changes("s2", last="false", change=CREATED), changes("s3"))
    found = changes_since(SyncFolderItems(account=account), "k", "s1")
    assert (found.cursor, found.everything) == ("s3", True)
    assert b"<m:SyncState>s2</m:SyncState>" in canned.sent[1]


def test_after_each_page_a_cursor_is_told_that_remembers_what_changed() -> None:
    pages = [
        changes("s2", last="false"),
        changes("s3", last="false", change=CREATED),
        changes("s4", last="false"),
    ]
    account, _ = account_answered(*pages, message("SyncFolderItems", "", "ErrorServerBusy", "Error"))
    reached: list[str] = []
    with pytest.raises(ResponseCodeError):
        changes_since(SyncFolderItems(account=account), "k", "s1", reached.append)
    assert reached == ["s2", "behind s3", "behind s4"]

    account, canned = account_answered(changes("s5"))
    assert changes_since(SyncFolderItems(account=account), "k", reached[-1]) == Changes("s5", everything=True)
    assert b"<m:SyncState>s4</m:SyncState>" in canned.sent[0]


def test_a_state_lost_between_pages_starts_over_once() -> None:
    lost = message("SyncFolderItems", "", "ErrorInvalidSyncStateData", "Error")
    account, _ = account_answered(lost, changes("s2", last="false"), lost)
    with pytest.raises(ResponseCodeError):
        changes_since(SyncFolderItems(account=account), "k", "behind s1")


def test_an_item_that_was_merely_read_is_no_change() -> None:
    account, _ = account_answered(
        changes("s2", change='<t:ReadFlagChange><t:ItemId Id="i"/></t:ReadFlagChange>')
    )
    assert not changes_since(SyncFolderItems(account=account), "k", "s1").everything


def test_a_lost_state_starts_over() -> None:
    lost = message("SyncFolderItems", "", "ErrorInvalidSyncStateData", "Error")
    account, canned = account_answered(lost, changes("s9", change=CREATED))
    found = changes_since(SyncFolderItems(account=account), "k", "s1")
    assert (found.cursor, found.everything) == ("s9", True)
    assert b"SyncState" not in canned.sent[1]


def test_a_state_that_does_not_move_on_ends() -> None:
    account, _ = account_answered(*[changes("s1", last="false")] * 3)
    with pytest.raises(NotUnderstoodError):
        changes_since(SyncFolderItems(account=account), "k", "s1")


def test_what_the_server_tells_of_itself_is_taken_over_and_no_made_up_schema() -> None:
    account, _ = account_answered(view())
    viewed(CalendarView(account=account), "k", WINDOW)
    assert account.server.build == "15.2.1544.4"
    assert account.server.schema == "Exchange2013_SP1"


def _validator(schema: str) -> Any:
    path = MATERIAL / "validate.py"
    if not path.exists():
        pytest.skip("no ../shared/exchange beside the project: nothing to validate against")
    spec = importlib.util.spec_from_file_location("validate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Validator(schema)


@pytest.mark.parametrize("schema", ["exchange2013sp1", "office365"])
def test_every_request_is_valid_against_the_schema(schema: str) -> None:
    validator = _validator(schema)
    calendar = folder("a", "root", "Calendar", "calendar")
    account, canned = account_answered(
        listed(calendar, folder("b", "box", "Team")),
        got(calendar),
        got(calendar),
        changes("czI=", change=CREATED),
        changes("czM="),
        view(EVENT),
        view(),
        view(EVENT),
        message("GetItem", f"<m:Items>{EVENT}</m:Items>"),
    )
    own_calendars(account)
    list(shared_calendars(account, ["ben@contoso.example"]))
    sync = SyncFolderItems(account=account)
    changes_since(sync, "AAMk", None)
    changes_since(sync, "AAMk", "czI=")
    viewed(CalendarView(account=account), "AAMk", WINDOW)
    first_event(CalendarView(account=account), "AAMk", Window(WINDOW.start, WINDOW.start + timedelta(days=7)))
    find_series(FindItem(account=account), "AAMk")
    found = [FoundSeries("AAMk", WINDOW.start, WINDOW.end)]
    series_and_changes(GetItem(account=account), found, WINDOW)
    assert len(canned.sent) == 9
    for sent in canned.sent:
        assert validator.errors(sent) == []


def _samples(folder_name: str) -> list[Path]:
    return sorted((MATERIAL / "samples" / folder_name).glob("*-resp.xml"))


@pytest.mark.parametrize(
    "path", _samples("Fault") or [None], ids=lambda path: path.name if path else "absent"
)
def test_every_recorded_fault_keeps_a_code(path: Path | None) -> None:
    if path is None:
        pytest.skip("no ../shared/exchange beside the project: no recorded faults")
    account, _ = account_answered(*[(500, path.read_bytes())] * 10)
    with pytest.raises((ResponseCodeError, NotUnderstoodError, UnexpectedAnswerError)) as caught:
        CalendarView(account=account).page("k", WINDOW)
    if isinstance(caught.value, ResponseCodeError):
        assert caught.value.code.isalnum()


def test_recorded_autodiscover_answers_are_read() -> None:
    if not MATERIAL.exists():
        pytest.skip("no ../shared/exchange beside the project: no recorded answers")
    for reader, name in ((pox, "autodiscover-pox"), (soap, "autodiscover-soap")):
        told = [reader.settings_in(path.read_bytes()) for path in _samples(name)]
        urls = [answer.url for answer in told if isinstance(answer, ToldUrl)]
        assert urls, name
        assert all(url.lower().startswith("http") for url in urls), urls
        assert any(isinstance(answer, Refused) for answer in told), name


def test_envelopes_are_recognised_with_any_prefix() -> None:
    account, _ = account_answered(
        (HEAD + TAIL).replace("s:", "soap:").replace("xmlns:s=", "xmlns:soap=").encode()
    )
    with pytest.raises(NotUnderstoodError):
        CalendarView(account=account).page("k", WINDOW)
