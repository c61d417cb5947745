"""exchangelib, as it is, follows changes, sees free times, meets people and keeps folders in order."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from exchangelib import Attendee, CalendarItem, EWSDate, EWSDateTime, Mailbox, Message
from exchangelib.folders import Calendar, Messages
from exchangelib.items import (
    SEND_ONLY_TO_ALL,
    SEND_TO_ALL_AND_SAVE_COPY,
    MeetingCancellation,
    MeetingRequest,
    MeetingResponse,
)
from exchangelib.properties import CreatedEvent, DeletedEvent, StatusEvent
from exchangelib.protocol import CachingProtocol
from exchangelib.recurrence import Recurrence, WeeklyPattern

from oncetui.simulator.events import add_event
from oncetui.simulator.scenario import default_scenario
from oncetui.simulator.world import Exchange

from .asking import NOW, as_the_schema_says, needed_validator
from .by_exchangelib import BERLIN, account, local
from .loopback_ews import Recorder, serving


@pytest.fixture
def exchange() -> Exchange:
    world = default_scenario(lambda: NOW)
    world.minute = timedelta(seconds=1)
    return world


@pytest.fixture
def service(exchange: Exchange) -> Iterator[tuple[str, Recorder]]:
    with serving(exchange) as served:
        yield served
        CachingProtocol.clear_cache()


@pytest.fixture
def anna(service: tuple[str, Recorder]) -> Any:
    return account(service, "anna@contoso.example")


@pytest.fixture
def carla(service: tuple[str, Recorder]) -> Any:
    return account(service, "carla@contoso.example")


def appointment(anna: Any, subject: str = "New", **more: Any) -> Any:
    values = {"start": local(5, 10), "end": local(5, 11), **more}
    return CalendarItem(account=anna, folder=anna.calendar, subject=subject, **values)


def events(notifications: Any) -> list[Any]:
    return [event for notification in notifications for event in notification.events]


def test_a_stream_tells_of_a_new_appointment(exchange: Exchange, anna: Any) -> None:
    exchange.minute = timedelta(minutes=1)
    event = {"subject": "New", "start": "2026-12-05T09:00:00Z", "end": "2026-12-05T10:00:00Z"}
    made: list[str] = []
    mailbox = exchange.mailboxes["anna@contoso.example"]
    with anna.calendar.streaming_subscription() as subscription:
        maker = threading.Thread(target=lambda: made.append(add_event(exchange, mailbox, event)))
        maker.start()
        told = anna.calendar.get_streaming_events(
            subscription, connection_timeout=5, max_notifications_returned=1
        )
        created = [event for event in events(told) if isinstance(event, CreatedEvent)]
        maker.join(10)
    assert [event.item_id.id for event in created] == made


def test_a_quiet_stream_shows_that_it_is_alive_and_ends_in_time(anna: Any) -> None:
    with anna.calendar.streaming_subscription() as subscription:
        told = events(anna.calendar.get_streaming_events(subscription, connection_timeout=1))
    assert told
    assert all(isinstance(event, StatusEvent) for event in told)


def test_pulled_events_tell_what_came_and_went(anna: Any) -> None:
    with anna.calendar.pull_subscription() as (subscription, watermark):
        item = appointment(anna).save()
        item.delete()
        told = events(anna.calendar.get_events(subscription, watermark))
    kinds = [type(event) for event in told if getattr(event, "item_id", None)]
    assert kinds.index(CreatedEvent) < kinds.index(DeletedEvent)


def test_free_and_busy_times_are_shown_with_working_hours(anna: Any) -> None:
    start = EWSDateTime(2026, 12, 7, 0, 0, tzinfo=BERLIN)
    CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Visit",
        start=start + timedelta(hours=17),
        end=start + timedelta(hours=18),
    ).save()
    (view,) = anna.protocol.get_free_busy_info(
        accounts=[(anna, "Organizer", False)],
        start=start,
        end=start + timedelta(days=1),
        merged_free_busy_interval=60,
        requested_view="DetailedMerged",
    )
    assert view.view_type == "DetailedMerged"
    assert (len(view.merged), view.merged[17]) == (24, "2")
    assert "Visit" in [event.details.subject for event in view.calendar_events]
    assert view.working_hours[0].start.hour == 8
    assert view.working_hours_timezone.bias == -60


def test_a_colleagues_times_are_shown_without_subjects(anna: Any, carla: Any) -> None:
    start = EWSDateTime(2026, 11, 16, 0, 0, tzinfo=BERLIN)
    (view,) = anna.protocol.get_free_busy_info(
        accounts=[(carla, "Required", False)],
        start=start,
        end=start + timedelta(days=5),
        requested_view="Detailed",
    )
    assert view.view_type == "FreeBusy"
    assert view.calendar_events
    assert all(event.details is None for event in view.calendar_events)


def test_delegates_absence_and_names_are_read(anna: Any) -> None:
    (delegate,) = anna.delegates
    assert delegate.user_id.primary_smtp_address == "carla@contoso.example"
    assert delegate.delegate_permissions.calendar_folder_permission_level == "Editor"
    assert anna.oof_settings.state == "Disabled"
    ((mailbox, contact),) = anna.protocol.resolve_names(["carla"], return_full_contact_data=True)
    assert (mailbox.email_address, contact.display_name) == ("carla@contoso.example", "Carla")


def test_an_invitation_is_accepted(anna: Any, carla: Any) -> None:
    people = [Attendee(mailbox=Mailbox(email_address="carla@contoso.example"))]
    meeting = appointment(anna, "Plan", required_attendees=people).save(
        send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY
    )
    (request,) = carla.inbox.all()
    assert isinstance(request, MeetingRequest)
    request.accept(body="Gladly")
    (shown,) = [
        item for item in carla.calendar.view(start=local(5, 0), end=local(6, 0)) if item.subject == "Plan"
    ]
    assert shown.my_response_type == "Accept"
    (answer,) = anna.inbox.all()
    assert isinstance(answer, MeetingResponse)
    meeting = anna.calendar.get(id=meeting.id)
    assert [each.response_type for each in meeting.required_attendees] == ["Accept"]


def test_a_cancelled_meeting_reaches_its_attendee(anna: Any, carla: Any) -> None:
    people = [Attendee(mailbox=Mailbox(email_address="carla@contoso.example"))]
    meeting = appointment(anna, "Plan", required_attendees=people).save(
        send_meeting_invitations=SEND_ONLY_TO_ALL
    )
    meeting.delete(send_meeting_cancellations=SEND_ONLY_TO_ALL)
    assert [type(item) for item in carla.inbox.all().order_by("datetime_received")] == [
        MeetingRequest,
        MeetingCancellation,
    ]


def test_folders_are_made_renamed_emptied_followed_and_deleted(anna: Any) -> None:
    list(anna.root.sync_hierarchy())
    folder = Messages(parent=anna.inbox, name="Bookings").save()
    assert [(what, each.id) for what, each in anna.root.sync_hierarchy()] == [("create", folder.id)]
    folder.name = "Confirmed"
    folder.save()
    Message(account=anna, folder=folder, subject="One").save()
    folder.refresh()
    assert (folder.name, folder.total_count) == ("Confirmed", 1)
    folder.empty()
    assert folder.all().count() == 0
    folder.delete()
    assert "delete" in [what for what, _ in anna.root.sync_hierarchy()]


def test_an_appointment_is_moved_to_another_calendar_and_copied(anna: Any) -> None:
    second = Calendar(parent=anna.calendar, name="Second").save()
    item = appointment(anna).save()
    item.move(second)
    assert [each.subject for each in second.all()] == ["New"]
    item.copy(anna.calendar)
    assert anna.calendar.filter(subject="New").count() == 1
    item.move_to_trash()
    assert second.all().count() == 0


@pytest.mark.parametrize("ends", [{}, {"end": EWSDate(2027, 1, 31)}, {"number": 4}], ids=str)
def test_every_range_is_taken_and_given_back(anna: Any, ends: dict[str, Any]) -> None:
    recurrence = Recurrence(
        pattern=WeeklyPattern(interval=2, weekdays=["Tuesday"], first_day_of_week="Monday"),
        start=EWSDate(2026, 12, 1),
        **ends,
    )
    item = appointment(anna, "Series", start=local(1, 10), end=local(1, 11), recurrence=recurrence).save()
    boundary = anna.calendar.get(id=item.id).recurrence.boundary
    assert boundary.start == EWSDate(2026, 12, 1)
    assert {name: getattr(boundary, name) for name in ends} == ends


def test_an_appointment_comes_as_icalendar(anna: Any) -> None:
    item = appointment(anna, "Visit").save()
    content = anna.calendar.all().only("mime_content").get(id=item.id).mime_content
    assert b"SUMMARY:Visit" in content


def test_a_series_over_the_change_of_clocks_stays_at_its_local_time(anna: Any) -> None:
    start = EWSDateTime(2027, 3, 22, 9, 0, tzinfo=BERLIN)
    recurrence = Recurrence(
        pattern=WeeklyPattern(interval=1, weekdays=["Monday"], first_day_of_week="Monday"),
        start=EWSDate(2027, 3, 22),
        number=3,
    )
    CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Weekly",
        start=start,
        end=start + timedelta(hours=1),
        recurrence=recurrence,
    ).save()
    shown = [
        item.start.astimezone(BERLIN)
        for item in anna.calendar.view(start=start, end=start + timedelta(days=21))
        if item.subject == "Weekly"
    ]
    assert [(moment.hour, moment.utcoffset()) for moment in shown] == [
        (9, timedelta(hours=1)),
        (9, timedelta(hours=2)),
        (9, timedelta(hours=2)),
    ]


def test_every_answer_that_exchangelib_got_is_valid(service: tuple[str, Recorder], anna: Any) -> None:
    validator = needed_validator()
    test_an_appointment_is_moved_to_another_calendar_and_copied(anna)
    test_delegates_absence_and_names_are_read(anna)
    test_a_quiet_stream_shows_that_it_is_alive_and_ends_in_time(anna)
    answers = [as_the_schema_says(reply) for _, reply in service[1].exchanges]
    assert len(answers) > 15
    assert [validator.errors(reply) for reply in answers] == [[]] * len(answers)
