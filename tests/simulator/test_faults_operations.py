"""Faults of operations, answers and calendars, on the wire; answers are valid where they are meant to be."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from lxml import etree

from oncetui.simulator.mailboxes.tree import CALENDAR_CLASS
from oncetui.simulator.serve import RunningSimulator
from tests.simulator.asking import _validator
from tests.simulator.wire import ANNA, CALENDAR, EWS, GET_FOLDER, SUBSCRIBE, envelope, stream, view

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
MAILBOX = "anna@contoso.example"


def asked(session: requests.Session, body: str = GET_FOLDER) -> requests.Response:
    return session.post(EWS, data=body.encode(), auth=ANNA, timeout=10)


def codes(answer: requests.Response) -> list[str]:
    if _validator() is not None:
        assert _validator().errors(answer.content) == []
    root = etree.fromstring(answer.content)
    return [element.text or "" for element in root.iter("{*}ResponseCode")]


def sync(state: str = "") -> str:
    given = f"<m:SyncState>{state}</m:SyncState>" if state else ""
    return envelope(
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
        f"<m:SyncFolderId>{CALENDAR}</m:SyncFolderId>{given}"
        "<m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>"
    )


def two_folders() -> str:
    return envelope(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>"
        f'{CALENDAR}<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>'
    )


def add(control: Control, simulator: RunningSimulator, *subjects: str, **more: str) -> None:
    for hour, subject in enumerate(subjects, 8):
        event = {
            "subject": subject,
            "start": f"2026-03-02T{hour:02}:00:00Z",
            "end": f"2026-03-02T{hour:02}:30:00Z",
            **more,
        }
        control(simulator, "POST", f"/mailboxes/{MAILBOX}/events", event).raise_for_status()


@pytest.mark.parametrize(
    "case",
    [
        ("moving-mailbox", {}, "ErrorMailboxMoveInProgress"),
        ("store-down", {}, "ErrorMailboxStoreUnavailable"),
        ("ews-error", {}, "ErrorInternalServerTransientError"),
        ("ews-error", {"code": "ErrorQuotaExceeded", "text": "Full."}, "ErrorQuotaExceeded"),
        ("server-busy", {}, "ErrorServerBusy"),
    ],
)
@pytest.mark.parametrize("form", ["message", "fault"])
def test_an_error_comes_for_each_thing_asked_or_for_the_whole_request(
    small: RunningSimulator, client: Client, control: Control, case: tuple[str, Any, str], form: str
) -> None:
    fault, values, code = case
    aimed = {**values, "form": form, "mailbox": MAILBOX, "operation": "getfolder"}
    control(small, "PUT", f"/faults/{fault}", aimed).raise_for_status()
    session = client(small)
    answer = asked(session, two_folders())
    assert answer.status_code == (200 if form == "message" else 500)
    assert codes(answer) == [code] * (2 if form == "message" else 1)
    assert codes(asked(session, sync())) == ["NoError"], "another operation is not meant"


def test_server_busy_inside_an_answer_says_how_long_to_stay_away(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    values = {"form": "message", "back_off_ms": 5000}
    control(small, "PUT", "/faults/server-busy", values).raise_for_status()
    answer = asked(client(small))
    assert answer.status_code == 200
    [value] = etree.fromstring(answer.content).iterfind(".//{*}MessageXml/{*}Value")
    assert (value.get("Name"), value.text) == ("BackOffMilliseconds", "5000")


@pytest.mark.parametrize("code", ["", "NoError", "Error<", "ErrorA B"])
def test_what_is_no_response_code_is_no_fault(small: RunningSimulator, control: Control, code: str) -> None:
    assert control(small, "PUT", "/faults/ews-error", {"code": code}).status_code == 400


def test_a_stale_state_is_refused_and_a_new_beginning_is_not(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    session = client(small)
    state = etree.fromstring(asked(session, sync()).content).findtext(".//{*}SyncState") or ""
    control(small, "PUT", "/faults/stale-sync-state", {"mailbox": MAILBOX}).raise_for_status()
    assert codes(asked(session, sync(state))) == ["ErrorInvalidSyncStateData"]
    assert codes(asked(session, sync())) == ["NoError"]


def test_a_lost_subscription_is_not_found_and_a_new_one_can_be_made(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    session = client(small)
    subscribed = etree.fromstring(asked(session, SUBSCRIBE).content)
    number = subscribed.findtext(".//{*}SubscriptionId") or ""
    control(small, "PUT", "/faults/lost-subscription", {"times": 1}).raise_for_status()
    assert "ErrorSubscriptionNotFound" in asked(session, stream(number)).text
    assert codes(asked(session, SUBSCRIBE)) == ["NoError"]


def test_an_old_server_refuses_later_versions(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/old-schema", {"newest": "Exchange2010_SP2"}).raise_for_status()
    session = client(small)
    assert codes(asked(session)) == ["ErrorInvalidServerVersion"]
    assert codes(asked(session, GET_FOLDER.replace("Exchange2013_SP1", "Exchange2010_SP2"))) == ["NoError"]


def test_cut_xml_is_a_whole_http_answer(small: RunningSimulator, client: Client, control: Control) -> None:
    control(small, "PUT", "/faults/cut-xml", {"after": 100, "times": 1}).raise_for_status()
    session = client(small)
    answer = asked(session)
    assert answer.status_code == 200
    assert len(answer.content) == 100
    assert codes(asked(session)) == ["NoError"]


def test_forbidden_characters_are_references_that_no_parser_takes(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/forbidden-characters").raise_for_status()
    answer = asked(client(small))
    assert "<t:DisplayName>&#x1F;&#xB;Calendar" in answer.text
    with pytest.raises(etree.XMLSyntaxError, match="xmlParseCharRef"):
        etree.fromstring(answer.content)


@pytest.mark.parametrize("limit", ["", 'MaxEntriesReturned="500"'])
def test_a_view_can_be_answered_incompletely(
    small: RunningSimulator, client: Client, control: Control, limit: str
) -> None:
    add(control, small, "one", "two", "three")
    session = client(small)
    whole = asked(session, view("2026-03-01T00:00:00Z", "2026-03-08T00:00:00Z", limit))
    assert 'IncludesLastItemInRange="true"' in whole.text
    control(small, "PUT", "/faults/incomplete-view", {"most": 2}).raise_for_status()
    part = asked(session, view("2026-03-01T00:00:00Z", "2026-03-08T00:00:00Z", limit))
    assert codes(part) == ["NoError"]
    assert 'IncludesLastItemInRange="false"' in part.text
    assert part.text.count("<t:CalendarItem>") == 2


def test_a_view_can_leave_series_unexpanded(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    begins = {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z"}
    daily = {"subject": "Daily", "recurrence": {"pattern": "daily"}, **begins}
    control(small, "POST", f"/mailboxes/{MAILBOX}/events", daily).raise_for_status()
    session = client(small)
    week, month_after = ("2026-03-01", "2026-03-08"), ("2026-04-01", "2026-05-01")
    views = [view(f"{first}T00:00:00Z", f"{last}T00:00:00Z") for first, last in (week, month_after)]
    control(small, "PUT", "/faults/unexpanded-series").raise_for_status()
    assert [asked(session, one).text.count("<t:CalendarItem>") for one in views] == [1, 0]
    control(small, "DELETE", "/faults").raise_for_status()
    assert [asked(session, one).text.count("<t:CalendarItem>") for one in views] == [6, 30]


def test_items_can_name_a_time_zone_that_nobody_knows(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    add(control, small, "one")
    session = client(small)
    found = etree.fromstring(asked(session, view()).content).find(".//{*}ItemId")
    assert found is not None
    item = (
        "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
        f'<m:ItemIds><t:ItemId Id="{found.get("Id")}"/></m:ItemIds></m:GetItem>'
    )
    control(small, "PUT", "/faults/custom-time-zone").raise_for_status()
    answer = asked(session, envelope(item))
    assert codes(answer) == ["NoError"]
    zones = re.findall(r'<t:(?:Start|End)TimeZone [^>]*?Id="([^"]*)"', answer.text)
    assert zones == ["tzone://Microsoft/Custom"] * 2


def test_bodies_can_drip(small: RunningSimulator, client: Client, control: Control) -> None:
    control(small, "PUT", "/faults/drip", {"bytes": 300, "seconds": 0.05}).raise_for_status()
    before = time.monotonic()
    answer = client(small).post(
        EWS, data=GET_FOLDER, auth=ANNA, headers={"Accept-Encoding": "identity"}, timeout=10
    )
    assert codes(answer) == ["NoError"]
    assert time.monotonic() - before >= 0.05 * ((len(answer.content) - 1) // 300)


def test_no_answer_ever_comes(small: RunningSimulator, client: Client, control: Control) -> None:
    control(small, "PUT", "/faults/no-answer", {"operation": "GetFolder"}).raise_for_status()
    with pytest.raises(requests.ReadTimeout):
        client(small).post(EWS, data=GET_FOLDER, auth=ANNA, timeout=0.4)
    assert client(small).get(EWS, auth=ANNA, timeout=5).status_code == 200


@pytest.mark.parametrize("after", [None, 0, 200])
def test_a_body_can_be_cut_by_a_reset(
    small: RunningSimulator, client: Client, control: Control, after: int | None
) -> None:
    values = {"times": 1} if after is None else {"after": after, "times": 1}
    control(small, "PUT", "/faults/reset", values).raise_for_status()
    session = client(small)
    with pytest.raises(requests.RequestException, match=r"reset|Reset|IncompleteRead|broken"):
        asked(session)
    assert codes(asked(session)) == ["NoError"]


def test_a_read_only_calendar_takes_nothing_and_says_so(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    item = envelope(
        '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>x</t:Subject>'
        "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End></t:CalendarItem>"
        "</m:Items></m:CreateItem>"
    )
    session = client(small)
    control(small, "PUT", "/faults/read-only-calendar", {"mailbox": MAILBOX}).raise_for_status()
    assert "<t:CreateContents>false" in asked(session).text
    [code] = codes(asked(session, item))
    assert code in {"ErrorAccessDenied", "ErrorCreateItemAccessDenied"}
    control(small, "DELETE", "/faults").raise_for_status()
    assert codes(asked(session, item)) == ["NoError"]


def test_a_calendar_can_vanish_and_come_back_with_its_items(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    folders = small.exchange.mailboxes[MAILBOX].folders
    team = folders.create_folder(folders.calendar, "Team", CALENDAR_CLASS)
    add(control, small, "one", calendar="Team")
    request = envelope(
        "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>"
        f'<m:FolderIds><t:FolderId Id="{team.id}"/></m:FolderIds></m:GetFolder>'
    )
    session = client(small)
    assert codes(asked(session, request)) == ["NoError"]
    values = {"mailbox": MAILBOX, "calendar": "Team"}
    control(small, "PUT", "/faults/vanished-calendar", values).raise_for_status()
    [code] = codes(asked(session, request))
    assert code in {"ErrorItemNotFound", "ErrorFolderNotFound"}
    control(small, "DELETE", "/faults/vanished-calendar").raise_for_status()
    [again] = [folder for folder in folders.calendars() if folder.name == "Team"]
    assert (len(again.items), again.id == team.id) == (1, False)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("read-only-calendar", {"mailbox": "nobody@contoso.example"}), "anna@contoso.example"),
        (("read-only-calendar", {"mailbox": MAILBOX, "calendar": "No"}), "'Calendar'"),
        (("vanished-calendar", {"mailbox": MAILBOX}), "calendar"),
        (("vanished-calendar", {"mailbox": MAILBOX, "calendar": "Calendar"}), "own calendar"),
        (("moving-mailbox", {"mailbox": "nobody@contoso.example"}), "anna@contoso.example"),
        (("moving-mailbox", {"form": "letter"}), "message"),
        (("certificate-expired", {"mailbox": MAILBOX}), "mailbox"),
        (("old-schema", {"newest": "Exchange5.5"}), "Exchange2010"),
        (("forbidden", {"reason": "two\r\nlines"}), "reason"),
        (("redirect", {"location": 5}), "location"),
        (("autodiscover-redirect", {"to": "http://x.example/"}), "https://"),
    ],
)
def test_a_fault_that_is_not_right_says_what_would_be(
    small: RunningSimulator, control: Control, call: tuple[str, Any], says: str
) -> None:
    name, values = call
    answer = control(small, "PUT", f"/faults/{name}", values)
    assert answer.status_code == 400
    assert says in answer.json()["error"]
