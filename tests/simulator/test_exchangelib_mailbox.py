"""exchangelib, as it is, keeps folders and messages in the simulated Exchange and follows them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from exchangelib import CalendarItem, ExtendedProperty, Folder, Message
from exchangelib.errors import ErrorFolderExists, ErrorItemNotFound
from exchangelib.folders import CommonViews
from exchangelib.items import BulkCreateResult
from exchangelib.properties import Attendee
from exchangelib.protocol import CachingProtocol
from exchangelib.recurrence import DailyPattern, Recurrence

from .asking import small_world
from .by_exchangelib import account, local
from .loopback_ews import serving


@pytest.fixture
def anna() -> Iterator[Any]:
    """Anna's account, as exchangelib reaches it."""
    with serving(small_world()) as service:
        yield account(service, "anna@contoso.example")
    CachingProtocol.clear_cache()


def test_reading_a_message_is_told_as_a_change_of_its_flag(anna: Any) -> None:
    kept = Message(account=anna, folder=anna.drafts, subject="Offer", is_read=False).save()
    list(anna.drafts.sync_items())
    kept.is_read = True
    kept.save(update_fields=["is_read"])
    ((kind, (identifier, read)),) = anna.drafts.sync_items()
    assert (kind, identifier.id, read) == ("read_flag_change", kept.id, True)


def test_a_new_folder_counts_what_it_holds(anna: Any) -> None:
    folder = Folder(parent=anna.inbox, name="Bookings").save()
    folder.refresh()
    assert (folder.total_count, folder.unread_count, folder.child_folder_count) == (0, 0, 0)
    kept = Message(account=anna, folder=folder, subject="Offer", is_read=False).save()
    Folder(parent=folder, name="Old").save()
    folder.refresh()
    assert (folder.total_count, folder.unread_count, folder.child_folder_count) == (1, 1, 1)
    kept.is_read = True
    kept.save()
    folder.refresh()
    assert (folder.total_count, folder.unread_count) == (1, 0)


def test_a_folder_is_not_made_twice_in_whatever_case_of_letters(anna: Any) -> None:
    Folder(parent=anna.inbox, name="Bookings").save()
    with pytest.raises(ErrorFolderExists, match="Could not create folder 'bookings'"):
        Folder(parent=anna.inbox, name="bookings").save()


def test_a_folder_has_a_size_that_grows_with_its_items(anna: Any) -> None:
    class Size(ExtendedProperty):  # type: ignore[misc]  # exchangelib has no types
        """PR_MESSAGE_SIZE_EXTENDED of a folder."""

        property_tag = 0x0E08
        property_type = "Long"

    Folder.register("size", Size)
    try:
        anna.drafts.refresh()
        before = anna.drafts.size
        Message(account=anna, folder=anna.drafts, subject="Offer").save()
        anna.drafts.refresh()
        assert 0 < before < anna.drafts.size
    finally:
        Folder.deregister("size")


def test_a_draft_is_changed_and_sent_at_once(anna: Any) -> None:
    draft = Message(
        account=anna, folder=anna.drafts, subject="Offer", to_recipients=["anna@contoso.example"]
    ).save()
    draft.subject = "Better offer"
    anna.bulk_update([(draft, ["subject"])], message_disposition="SendAndSaveCopy")
    assert [each.subject for each in anna.inbox.all()] == ["Better offer"]
    assert not anna.drafts.all().exists()
    assert [each.subject for each in anna.sent.all()] == ["Better offer"]


def test_the_tree_has_the_folders_of_every_mailbox(anna: Any) -> None:
    assert anna.calendar.absolute == "/root/Top of Information Store/Calendar"
    assert isinstance(anna.root / "Common Views", CommonViews)
    assert anna.root.tois.folder_class is None
    assert len(list(anna.root.walk())) > 40


def test_a_series_is_part_of_none_and_its_occurrences_are(anna: Any) -> None:
    item = CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Course",
        start=local(1, 9),
        end=local(1, 10),
        recurrence=Recurrence(pattern=DailyPattern(interval=1), start=local(1, 9).date(), number=3),
    ).save()
    item.refresh()
    assert (item.type, item.is_recurring) == ("RecurringMaster", False)
    shown = list(anna.calendar.view(start=local(1, 0), end=local(1, 0) + timedelta(days=7)))
    assert [(each.type, each.is_recurring) for each in shown] == [("Occurrence", True)] * 3


def test_a_cancelled_meeting_is_named_and_gone_from_the_calendar(anna: Any) -> None:
    item = CalendarItem(
        account=anna,
        folder=anna.calendar,
        subject="Talk",
        start=local(1, 9),
        end=local(1, 10),
        required_attendees=[Attendee(mailbox="ben@contoso.example", response_type="Accept")],
    )
    item.save(send_meeting_invitations="SendToAllAndSaveCopy")
    cancelled = item.cancel()
    assert isinstance(cancelled, BulkCreateResult)
    assert next(iter(anna.fetch([cancelled]))).subject == "Canceled: Talk"
    assert not anna.calendar.all().exists()
    with pytest.raises(ErrorItemNotFound):
        item.cancel()


def test_a_subject_has_255_characters_at_most(anna: Any) -> None:
    item = Message(account=anna, folder=anna.drafts, subject="short").save()
    Message.get_field_by_fieldname("subject").max_length = 4000
    try:
        item.subject = "x" * 4000
        item.save(update_fields=["subject"])
        assert anna.drafts.get(id=item.id).subject == "x" * 255
    finally:
        Message.get_field_by_fieldname("subject").max_length = 255
