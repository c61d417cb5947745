from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Window
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.connection import ConnectionSettings, Detour, KeptIn, NetworkRoute, SyncMode
from oncetui.model.discovering import FoundServer
from oncetui.model.pages import BookingPage
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import CALENDAR_MISSING
from oncetui.model.problems.local import DISK_FULL, KEYRING_LOCKED
from oncetui.model.secret import Secret
from oncetui.model.state import ConnectionRecord, Disconnected, State, advance
from oncetui.setup.answers import Answers
from oncetui.setup.calendar_choice import main_chosen
from tests.fakes.stores import InMemoryConnection, InMemoryPages, InMemorySettings
from tests.setup.wizard import (
    ANNA,
    BASIC,
    EWS_URL,
    PASSWORD,
    SIGNPOST_URL,
    SIGNPOSTED,
    WINDOWS_NAME,
    Wizard,
)

DISK = ProblemError(DISK_FULL.problem(path="the store", reason="no space left"))


def connected() -> Wizard:
    wizard = Wizard()
    wizard.finish(wizard.sign_in())
    return wizard


def nothing_is_left(wizard: Wizard) -> bool:
    store = wizard.store
    return (
        store.settings.load() is None
        and wizard.file.secret is None
        and store.busy.calendars() == ()
        and store.pages.pages() == ()
        and store.connection.load().state is State.NOT_CONNECTED
    )


def test_everything_is_saved_and_the_page_is_open() -> None:
    wizard = Wizard()
    wizard.store.drafts.save(DraftAnswers(ANNA))
    wizard.finish(wizard.sign_in())
    settings = wizard.store.settings.load()
    record = wizard.store.connection.load()
    assert settings is not None
    assert (settings.mailbox, settings.ews_url, settings.kept_in) == (ANNA, EWS_URL, KeptIn.FILE)
    assert record.state is State.CONNECTED
    assert record.secret_version == settings.secret_version
    assert wizard.file.secret == Secret(PASSWORD)
    assert wizard.store.drafts.load() == DraftAnswers()
    (page,) = wizard.store.pages.pages()
    known = {one.id: one for one in wizard.store.busy.calendars()}
    assert page.name == "30 minutes with Anna"
    assert page.time_zone == "Europe/Berlin"
    assert page.associated.main is not None
    assert known[page.associated.main].name == "Calendar"
    assert {known[one].name for one in page.associated.busy} == {"Calendar", "Private"}
    assert all(known[one].read_at == wizard.clock.now() for one in page.associated.makes_busy)


def test_busy_time_is_read_once_a_calendar_and_kept_without_a_cursor() -> None:
    wizard = Wizard()
    wizard.add_event(wizard.clock.now() + timedelta(days=1))
    wizard.finish(wizard.sign_in())
    assert wizard.opener.gateways[0].calls == [
        "calendars",
        "busy_time",
        "busy_time",
        "proof",
        "password_expires",
    ]
    window = Window(wizard.clock.now(), wizard.clock.now() + timedelta(days=7))
    main = wizard.store.busy.calendars()[0]
    assert len(wizard.store.busy.blocks([main.id], window)) == 1
    assert wizard.store.busy.cursor(main.id) is None


def test_the_summary_tells_what_was_found_and_proves_it() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    wizard.add_event(wizard.clock.now() + timedelta(days=1))
    with pytest.raises(ProblemError):
        wizard.sign_in()
    summary = wizard.finish(wizard.sign_in(Answers(ANNA, username=WINDOWS_NAME)))
    assert [(line.label, line.text) for line in summary.lines] == [
        ("Server", "mail.contoso.example · Exchange 2019 · found by Autodiscover"),
        ("Sign-in", "NTLM as CONTOSO\\anna (your email address was not accepted)"),
        ("Password", "in an encrypted file · In the memory of this test."),
        ("Calendars", "3 found · bookings go into Calendar"),
        ("Booking page", "30 minutes with Anna"),
        ("Proof", "next event: Tue 3 Mar 10:00 to 11:00, busy · Team meeting"),
        ("Sync", "Real-time"),
    ]
    assert summary.saved == "Saved in ~/.config/oncetui/default.toml"


def test_an_empty_week_is_told_as_that() -> None:
    wizard = Wizard()
    summary = wizard.finish(wizard.sign_in())
    assert summary.proof is None
    assert "proof" not in wizard.opener.gateways[0].calls
    assert any("nothing is in the main one this week" in line.text for line in summary.lines)


def test_detours_are_never_saved_and_the_rest_of_the_route_is() -> None:
    detour = Detour("mail.contoso.example", 443, "127.0.0.1", 8443)
    wizard = Wizard(route=NetworkRoute(proxy="http://proxy.contoso.example:3128", detours=(detour,)))
    summary = wizard.finish(wizard.sign_in())
    assert summary.settings.route == NetworkRoute(proxy="http://proxy.contoso.example:3128")


def break_secret(wizard: Wizard) -> None:
    wizard.file.fails_with = KEYRING_LOCKED.problem()


class SettingsOnAFullDisk(InMemorySettings):
    def __init__(self, before: InMemorySettings) -> None:
        self.__dict__.update(before.__dict__)

    def save(self, settings: ConnectionSettings) -> None:
        raise DISK


class RecordOnAFullDisk(InMemoryConnection):
    def __init__(self, before: InMemoryConnection) -> None:
        self.__dict__.update(before.__dict__)

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        raise DISK


class PagesOnAFullDisk(InMemoryPages):
    def __init__(self, before: InMemoryPages) -> None:
        self.__dict__.update(before.__dict__)

    def save(self, page: BookingPage) -> None:
        raise DISK


def break_settings(wizard: Wizard) -> None:
    wizard.store.settings = SettingsOnAFullDisk(wizard.store.settings)


def break_record(wizard: Wizard) -> None:
    wizard.store.connection = RecordOnAFullDisk(wizard.store.connection)


def break_pages(wizard: Wizard) -> None:
    wizard.store.pages = PagesOnAFullDisk(wizard.store.pages)


def break_reading(wizard: Wizard) -> None:
    wizard.mailbox.unreadable["k-private"] = ProblemError(CALENDAR_MISSING.problem(calendar="Private"))


@pytest.mark.parametrize("breaks", [break_secret, break_settings, break_record, break_pages, break_reading])
def test_a_failure_half_way_leaves_nothing(breaks: Callable[[Wizard], None]) -> None:
    wizard = Wizard()
    signed_in = wizard.sign_in()
    draft = DraftAnswers(ANNA)
    wizard.store.drafts.save(draft)
    breaks(wizard)
    with pytest.raises(ProblemError):
        wizard.finish(signed_in)
    assert nothing_is_left(wizard)
    assert wizard.store.drafts.load() == draft


@pytest.mark.parametrize("breaks", [break_secret, break_settings, break_record])
def test_a_failure_while_set_up_anew_brings_the_former_connection_back(
    breaks: Callable[[Wizard], None],
) -> None:
    wizard = connected()
    before = (
        wizard.store.settings.load(),
        wizard.file.secret,
        wizard.store.pages.pages(),
        wizard.store.connection.load(),
    )
    signed_in = wizard.sign_in()
    choice = main_chosen(wizard.choice(signed_in), "k-private")
    wizard.file.secret = Secret("the former one")
    breaks(wizard)
    with pytest.raises(ProblemError):
        wizard.finish(signed_in, choice)
    assert wizard.file.secret == Secret("the former one")
    assert wizard.store.settings.load() == before[0]
    assert wizard.store.pages.pages() == before[2]
    assert wizard.store.connection.load() == before[3]
    assert wizard.store.busy.calendars() != ()


def test_setting_up_anew_keeps_ids_and_gives_the_page_the_new_choice() -> None:
    wizard = connected()
    ids = [one.id for one in wizard.store.busy.calendars()]
    version = wizard.store.connection.load().secret_version
    signed_in = wizard.sign_in()
    wizard.finish(signed_in, main_chosen(wizard.choice(signed_in), "k-private"))
    (page,) = wizard.store.pages.pages()
    known = {one.id: one.name for one in wizard.store.busy.calendars()}
    assert list(known) == ids
    assert known[page.associated.main or ""] == "Private"
    assert wizard.store.connection.load().secret_version != version


def test_a_password_that_moves_to_another_place_is_gone_from_the_former() -> None:
    wizard = connected()
    wizard.finish(wizard.sign_in(), keep_in=KeptIn.KEYRING)
    assert wizard.file.secret is None
    assert wizard.keyring.secret == Secret(PASSWORD)


def test_a_former_place_that_does_not_answer_is_told() -> None:
    wizard = connected()
    wizard.file.fails_with = DISK.problem
    summary = wizard.finish(wizard.sign_in(), keep_in=KeptIn.KEYRING)
    assert wizard.store.connection.load().state is State.CONNECTED
    assert [line.text for line in summary.lines if not line.good] == [
        "The former password is still in an encrypted file: the store can't be written: no space left"
    ]


def test_pages_that_were_kept_over_a_disconnect_get_calendars_and_no_page_is_added() -> None:
    wizard = Wizard()
    wizard.store.pages.save(BookingPage.named("Sales demo", 30, "Europe/Berlin"))
    own = AssociatedCalendars("c9")
    wizard.store.pages.save(BookingPage("own", "Own", 30, "Europe/Berlin", associated=own))
    summary = wizard.finish(wizard.sign_in())
    pages = {page.id: page for page in wizard.store.pages.pages()}
    assert set(pages) == {"sales-demo", "own"}
    assert pages["sales-demo"].associated.main is not None
    assert pages["own"].associated == own
    assert summary.pages == ("Sales demo",)


def test_a_disconnected_profile_connects_again() -> None:
    wizard = connected()
    store = wizard.store
    store.connection.change(lambda record: advance(record, Disconnected(wizard.clock.now())))
    store.eraser.erase(wizard.clock.now())
    store.settings.erase()
    wizard.finish(wizard.sign_in())
    assert store.connection.load().state is State.CONNECTED
    assert len(store.pages.pages()) == 1
    assert store.pages.pages()[0].associated.main is not None


def test_a_mailbox_that_another_profile_took_meanwhile_is_refused() -> None:
    wizard = Wizard()
    signed_in = wizard.sign_in()
    wizard.store.settings.others = {ANNA: "sales"}
    with pytest.raises(ProblemError) as caught:
        wizard.finish(signed_in)
    assert caught.value.problem.code == "mailbox-in-use"
    assert nothing_is_left(wizard)


def test_a_cancelled_finish_keeps_no_secret() -> None:
    wizard = Wizard()
    signed_in = wizard.sign_in()
    wizard.cancellation.cancel()
    with pytest.raises(CancelledByUserError):
        wizard.finish(signed_in)
    assert nothing_is_left(wizard)


def test_a_profile_without_a_writable_calendar_is_connected_and_says_its_page_is_closed() -> None:
    wizard = Wizard()
    wizard.mailbox.calendars = [replace(one, writable=False) for one in wizard.mailbox.calendars]
    summary = wizard.finish(wizard.sign_in())
    assert summary.main is None
    assert any(not line.good and "the page is closed" in line.text for line in summary.lines)


def test_the_wished_sync_mode_is_saved() -> None:
    wizard = Wizard()
    assert wizard.finish(wizard.sign_in()).settings.sync_mode is SyncMode.REAL_TIME


def test_an_alias_is_saved_as_the_main_address_and_told() -> None:
    wizard = Wizard()
    wizard.opener.main_addresses[ANNA] = "anna.maier@contoso.example"
    summary = wizard.finish(wizard.sign_in())
    settings = wizard.store.settings.load()
    assert settings is not None
    assert settings.mailbox == "anna.maier@contoso.example"
    told = [line.text for line in summary.lines if line.label == "Mailbox"]
    assert told == [
        "anna@contoso.example is another name of anna.maier@contoso.example, and that main address was used."
    ]


def test_an_alias_of_a_mailbox_that_another_profile_has_is_refused_and_leaves_no_connection() -> None:
    wizard = Wizard()
    wizard.opener.main_addresses[ANNA] = "taken@contoso.example"
    wizard.store.settings.others["taken@contoso.example"] = "other"
    with pytest.raises(ProblemError) as caught:
        wizard.sign_in()
    assert caught.value.problem.code == "mailbox-in-use"
    assert all(gateway.closed for gateway in wizard.opener.gateways)


def test_a_mailbox_that_autodiscover_files_elsewhere_is_told() -> None:
    wizard = Wizard(result=SIGNPOSTED)
    named = FoundServer(EWS_URL, "autodiscover", filed_under="anna@mail.contoso.example")
    wizard.discovery.named[SIGNPOST_URL] = named
    wizard.discovery.knows(BASIC)
    told = wizard.finish(wizard.sign_in()).warnings
    assert [problem.code for problem in told] == ["filed-elsewhere"]
    assert dict(told[0].evidence)["address"] == "anna@mail.contoso.example"


def test_until_when_the_password_is_good_is_saved_and_told_where_that_is_soon() -> None:
    wizard = Wizard()
    expires = wizard.clock.now() + timedelta(days=3)
    wizard.mailbox.password_expires = expires
    summary = wizard.finish(wizard.sign_in())
    assert wizard.store.connection.load().password_expires == expires
    (line,) = (line for line in summary.lines if not line.good)
    assert (line.label, line.text) == (
        "Password",
        "Your Exchange password runs out in 3 days, on Thu 5 Mar at 10:00.",
    )


def test_a_server_that_does_not_tell_it_is_connected_all_the_same() -> None:
    wizard = Wizard()
    wizard.mailbox.password_expires = ProblemError(CALENDAR_MISSING.problem())
    summary = wizard.finish(wizard.sign_in())
    assert wizard.store.connection.load().password_expires is None
    assert all(line.good for line in summary.lines)
