"""GetReminders and PerformReminderAction: what is due, put off, and out of the way."""

import pytest

from .asking import Client, Reply

SET = "<t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>30</t:ReminderMinutesBeforeStart>"


def appointment(client: Client, subject: str, start: str, end: str, recurrence: str = "") -> str:
    return client.create(
        f"<t:Subject>{subject}</t:Subject>{SET}<t:Start>{start}</t:Start><t:End>{end}</t:End>{recurrence}"
    )


def reminders(client: Client, content: str = "") -> Reply:
    return client.ask(f"<m:GetReminders>{content}</m:GetReminders>")


def acted(client: Client, action: str, item: str, more: str = "") -> Reply:
    return client.ask(
        "<m:PerformReminderAction><m:ReminderItemActions><t:ReminderItemAction>"
        f'<t:ActionType>{action}</t:ActionType><t:ItemId Id="{item}"/>{more}'
        "</t:ReminderItemAction></m:ReminderItemActions></m:PerformReminderAction>"
    )


@pytest.fixture
def three(anna: Client) -> list[str]:
    """One that is over, one to come, and a daily series, at noon of 18 November 2026."""
    daily = (
        "<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>"
        "<t:StartDate>2026-11-17</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences>"
        "</t:NumberedRecurrence></t:Recurrence>"
    )
    return [
        appointment(anna, "Past", "2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z"),
        appointment(anna, "Coming", "2026-11-18T15:00:00Z", "2026-11-18T16:00:00Z"),
        appointment(anna, "Daily", "2026-11-17T11:00:00Z", "2026-11-17T13:00:00Z", daily),
    ]


@pytest.mark.usefixtures("three")
def test_reminders_come_in_their_order_one_of_each_series(anna: Client) -> None:
    reply = reminders(anna)
    assert reply.all("Subject") == ["Past", "Daily", "Coming"]
    assert reply.all("ReminderTime") == [
        "2026-11-18T07:30:00Z",
        "2026-11-18T10:30:00Z",
        "2026-11-18T14:30:00Z",
    ]
    assert len(list(reply.root.iter("{*}RecurringMasterItemId"))) == 1


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("content", "subjects"),
    [
        ("<m:ReminderType>Old</m:ReminderType>", ["Past"]),
        ("<m:ReminderType>Current</m:ReminderType>", ["Daily", "Coming"]),
        ("<m:EndTime>2026-11-18T12:00:00Z</m:EndTime>", ["Past", "Daily"]),
        ("<m:BeginTime>2026-11-18T12:00:00Z</m:BeginTime>", ["Coming"]),
        ("<m:MaxItems>1</m:MaxItems>", ["Past"]),
    ],
)
def test_a_request_says_which_reminders_it_wants(anna: Client, content: str, subjects: list[str]) -> None:
    assert reminders(anna, content).all("Subject") == subjects


def test_a_window_that_ends_before_it_begins_is_refused(anna: Client) -> None:
    window = "<m:BeginTime>2026-11-19T00:00:00Z</m:BeginTime><m:EndTime>2026-11-18T00:00:00Z</m:EndTime>"
    assert reminders(anna, window).code == "ErrorInvalidOperation"


def test_a_dismissed_reminder_does_not_come_again_and_a_series_reminds_of_the_next(
    anna: Client, three: list[str]
) -> None:
    assert acted(anna, "Dismiss", three[0]).code == "NoError"
    (daily,) = [
        str(named.get("Id"))
        for each in reminders(anna).root.iter("{*}Reminder")
        for named in each.iter("{*}ItemId")
        if each.findtext("{*}Subject") == "Daily"
    ]
    acted(anna, "Dismiss", daily)
    reply = reminders(anna)
    assert reply.all("Subject") == ["Coming", "Daily"]
    assert reply.all("ReminderTime")[1] == "2026-11-19T10:30:00Z"
    assert anna.get(three[0]).one("ReminderIsSet") == "false"


def test_a_snoozed_reminder_comes_at_its_new_time(anna: Client, three: list[str]) -> None:
    later = "<t:NewReminderTime>2026-11-18T17:00:00Z</t:NewReminderTime>"
    assert acted(anna, "Snooze", three[0], later).code == "NoError"
    assert reminders(anna).all("ReminderTime")[-1] == "2026-11-18T17:00:00Z"


def test_a_reminder_of_nothing_fails(anna: Client) -> None:
    reply = anna.raw(
        "<m:PerformReminderAction><m:ReminderItemActions><t:ReminderItemAction><t:ActionType>Dismiss"
        '</t:ActionType><t:ItemId Id="nothing"/></t:ReminderItemAction></m:ReminderItemActions>'
        "</m:PerformReminderAction>"
    )
    assert (reply.status, b"ErrorInvalidIdMalformed" in reply.body) == (500, True)
