"""The world's mailboxes and the scenario that it starts with."""

from datetime import UTC, datetime, timedelta

import pytest

from oncetui.simulator.calendars.views import view
from oncetui.simulator.scenario import default_scenario
from oncetui.simulator.world import Exchange, Mailbox

from .asking import Client, small_world

MOMENTS = [
    datetime(2026, 11, 18, 12, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
]


def scenario(moment: datetime) -> Exchange:
    return default_scenario(lambda: moment)


def test_mailboxes_are_found_in_any_case_of_letters() -> None:
    exchange = small_world()
    assert exchange.mailbox("Anna@CONTOSO.example") is exchange.mailboxes["anna@contoso.example"]
    assert exchange.mailbox("nobody@contoso.example") is None
    domain = exchange.domain_of("x@Contoso.Example")
    assert domain is not None
    assert domain.name == "contoso.example"


def test_a_new_password_counts_and_stays_out_of_the_representation() -> None:
    mailbox = small_world().mailboxes["anna@contoso.example"]
    mailbox.change_password("quite new")
    assert mailbox.password_version == 2
    assert "quite new" not in repr(mailbox)


def test_each_way_of_connecting_has_a_mailbox() -> None:
    exchange = scenario(MOMENTS[0])
    needs = {mailbox.needs for mailbox in exchange.mailboxes.values()}
    assert needs >= {(), ("ews_url",), ("username",), ("ews_url", "username")}
    assert {domain.autodiscover for domain in exchange.domains.values()} == {"works", "silent", "redirect"}
    for mailbox in exchange.mailboxes.values():
        domain = exchange.domain_of(mailbox.email)
        assert domain is not None
        assert ("ews_url" in mailbox.needs) == (domain.autodiscover == "silent")
        assert ("username" in mailbox.needs) == ("email" not in mailbox.forms)


def test_passwords_are_all_different_and_some_are_not_ascii() -> None:
    passwords = [mailbox.password for mailbox in scenario(MOMENTS[0]).mailboxes.values()]
    assert len(set(passwords)) == len(passwords)
    assert any("€" in password for password in passwords)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_calendar_holds_a_fortnight_of_all_kinds(moment: datetime) -> None:
    for mailbox in scenario(moment).mailboxes.values():
        week = timedelta(days=7)
        entries, complete = view(mailbox.folders.calendar, moment - 2 * week, moment + 3 * week)
        assert complete
        assert {entry.type for entry in entries} == {"Single", "Occurrence", "Exception"}
        statuses = {entry.value("calendar:LegacyFreeBusyStatus") for entry in entries}
        assert statuses >= {"Free", "Tentative", "Busy", "OOF", "WorkingElsewhere"}
        assert any(entry.value("calendar:IsAllDayEvent") for entry in entries)
        assert any(entry.value("item:Sensitivity") == "Private" for entry in entries)
        assert any(item.deleted for item in mailbox.folders.calendar.items.series())


def test_the_same_moment_gives_the_same_world() -> None:
    requests = [Client(scenario(MOMENTS[0]), "anna@contoso.example") for _ in range(2)]
    shown = [client.view("2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z").text for client in requests]
    assert shown[0] == shown[1]


def test_a_shared_calendar_is_read_only_to_a_colleague() -> None:
    exchange = scenario(MOMENTS[0])
    anna, emil = exchange.mailboxes["anna@contoso.example"], exchange.mailboxes["emil@contoso.example"]
    team = next(folder for folder in anna.folders.calendars() if folder.name == "Team Sales")
    rights = anna.folders.rights(team, emil.email)
    assert (rights.read, rights.create) == (True, False)
    holidays = next(folder for folder in emil.folders.calendars() if folder.name == "Holidays")
    assert not emil.folders.rights(holidays, emil.email).create


def test_a_mailbox_has_one_guid_for_good() -> None:
    first, second = (Mailbox("a@b.example", "A", "a", "B", "a@b.example", "x").guid for _ in range(2))
    assert first == second
