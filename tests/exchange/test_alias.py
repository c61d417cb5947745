"""An alias instead of the main address: corrected once, where the server names the main one."""

import pytest

from oncetui.exchange.faults.answer_errors import ResponseCodeError
from oncetui.exchange.opening import calendars_by_main_address
from tests.exchange.canned import account_answered, fault, message

MAIN = "anna.maier@contoso.example"
LISTED = message(
    "FindFolder",
    '<m:RootFolder IncludesLastItemInRange="true"><t:Folders><t:CalendarFolder><t:FolderId Id="cal"/>'
    '<t:ParentFolderId Id="root"/><t:DisplayName>Calendar</t:DisplayName>'
    "<t:DistinguishedFolderId>calendar</t:DistinguishedFolderId></t:CalendarFolder></t:Folders>"
    "</m:RootFolder>",
)


def refused(value: str) -> tuple[int, bytes]:
    return fault("ErrorNonPrimarySmtpAddress", value)


@pytest.mark.parametrize("name", ["Primary", "PrimarySmtpAddress"])
def test_the_main_address_that_the_server_names_is_used(name: str) -> None:
    account, canned = account_answered(refused(f'<t:Value Name="{name}">{MAIN}</t:Value>'), LISTED)
    (calendar,) = calendars_by_main_address(account)
    assert calendar.default
    assert account.primary_smtp_address == MAIN
    assert MAIN.encode() in canned.sent[1]


def test_in_a_message_it_counts_as_in_a_fault() -> None:
    told = f'<m:MessageXml><t:Value Name="Primary">{MAIN}</t:Value></m:MessageXml>'
    error = message("FindFolder", told, "ErrorNonPrimarySmtpAddress", "Error")
    account, _ = account_answered(error, LISTED)
    calendars_by_main_address(account)
    assert account.primary_smtp_address == MAIN


@pytest.mark.parametrize("value", ["", '<t:Value Name="Primary">no address</t:Value>'])
def test_without_a_main_address_the_refusal_stands(value: str) -> None:
    account, canned = account_answered(refused(value))
    with pytest.raises(ResponseCodeError):
        calendars_by_main_address(account)
    assert len(canned.sent) == 1


def test_a_main_address_that_is_refused_as_well_is_not_asked_a_third_time() -> None:
    value = f'<t:Value Name="Primary">{MAIN}</t:Value>'
    account, canned = account_answered(refused(value), refused(value))
    with pytest.raises(ResponseCodeError):
        calendars_by_main_address(account)
    assert len(canned.sent) == 2
