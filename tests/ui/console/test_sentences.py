"""What the first lines and the explanations say in each state."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from oncetui.model.associations import NO_CALENDARS
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import KEYRING_LOCKED, SETTINGS_UNREADABLE
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.state import Faulted
from oncetui.ui.console import why_not
from oncetui.ui.console.facts import connection_facts
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.console.sentences import lead
from oncetui.ui.console.times import LocalTime
from oncetui.ui.console.view import ConsoleView
from tests.ui.console.examples import HOST, PAGES, Office, office


def told(view: ConsoleView) -> str:
    lead = view.lead
    parts = (" · ".join((lead.sentence, *lead.more)), lead.impact, lead.action)
    return " ".join(part for part in parts if part)


def labelled(view: ConsoleView) -> dict[str, str]:
    return {fact.label: fact.value for fact in (*view.explanation, *view.facts)}


def connected() -> Office:
    return office().connect()


def test_a_connected_mailbox_reads_as_one_sentence_with_its_pages() -> None:
    assert told(connected().view()) == (
        "Connected to mail.contoso.example · 4 calendars · last check 12:03:41 · next 12:08:41 "
        "2 booking pages are open."
    )
    assert connected().view().lead.tone is Tone.GOOD


def test_an_interrupted_connection_counts_pages_and_tries_and_asks_nothing_of_a_person() -> None:
    view = connected().go_silent(tries=8).pass_time(seconds=-1).view()
    assert told(view).startswith("No answer from mail.contoso.example · try 9 in 5 s · since 12:03")
    assert "2 booking pages are closed and open again by themselves when it answers." in told(view)
    assert view.lead.tone is Tone.WARNING
    assert labelled(view)["You"].startswith("need not do anything")
    assert labelled(view)["Since"] == "12:03:41 · last good check 12:03:41"


def test_an_outage_of_over_an_hour_sends_one_to_it_support() -> None:
    before = connected().go_silent().pass_time(minutes=59).view()
    after = connected().go_silent().pass_time(minutes=61).view()
    assert "IT support" not in told(before)
    assert after.lead.action == "Please tell your IT support."


def test_a_refused_password_says_whose_turn_it_is_and_which_key() -> None:
    view = connected().change_password().pass_time(hours=4).view()
    assert told(view) == (
        "The server refuses your password · since 12:03 "
        "2 booking pages are closed. Press r and enter the password."
    )
    assert (view.lead.tone, view.lead.turn) == (Tone.BAD, "needs you")
    assert labelled(view)["Not tried"] == "again: a second refusal could lock the account"


def test_a_failure_that_no_password_mends_shows_its_own_next_step() -> None:
    view = connected().fault(KEYRING_LOCKED.problem()).view()
    assert "Unlock it" in view.lead.action
    assert "Not tried" not in labelled(view)


def test_what_only_it_can_mend_says_so_and_when_it_is_tried_again() -> None:
    view = connected().want_a_browser().view()
    assert view.lead.turn == "needs IT"
    assert view.lead.action == "Your IT support has to act; no key here helps."
    assert labelled(view)["Retried"] == "by itself at 12:04:41, at first without your password"


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (office().come_to_noon(), "Not connected to a calendar yet Press r to connect one."),
        (
            connected().disconnect(),
            (
                "Disconnected since 12:03 2 booking pages are open and check no calendar: "
                "double bookings possible. Press r to connect a mailbox."
            ),
        ),
    ],
    ids=["new", "disconnected"],
)
def test_without_a_connection_open_pages_are_a_warning(made: Office, sentence: str) -> None:
    assert told(made.view()) == sentence


def test_a_page_that_checks_no_calendar_carries_no_tick() -> None:
    assert [(page.open, page.checked) for page in connected().disconnect().view().pages] == [
        (True, False)
    ] * 2
    assert [(page.open, page.checked) for page in connected().view().pages] == [(True, True)] * 2


def test_a_sign_in_under_way_takes_the_first_line_and_leaves_the_pages_as_they_were() -> None:
    made = connected().change_password()
    made.store.connection.begin_attempt(made.clock.now() + timedelta(seconds=90))
    view = made.view()
    assert told(view) == f"Signing in to {HOST}… 2 booking pages are closed."
    assert {page.detail for page in view.pages} == {"until you reconnect"}


def test_one_failed_check_is_told_and_closes_nothing() -> None:
    made = connected()
    made.note(Faulted(made.clock.now(), CONNECTION_LOST.problem(host=HOST)), "")
    assert "one check failed, trying again" in told(made.view())
    assert made.view().lead.impact == "2 booking pages are open."


def test_a_connection_that_nobody_keeps_says_until_when_pages_stay_open() -> None:
    view = office(alone=True).connect().view()
    assert told(view) == (
        "Connected to mail.contoso.example, but no connector runs 2 booking pages are open. "
        "What is open closes at 12:18; to keep it open run: oncetui run"
    )
    assert view.lead.tone is Tone.WARNING


def test_stale_busy_time_never_reads_as_connected_and_well() -> None:
    view = connected().pass_time(minutes=16).view()
    assert told(view).startswith("Connected to mail.contoso.example, but the last check was 12:03:41")
    assert "2 booking pages are closed: Calendar was not read in the last 15 minutes." in told(view)
    assert view.lead.tone is Tone.WARNING


def test_a_page_closed_by_one_calendar_is_named_with_the_key_that_helps() -> None:
    made = connected()
    made.store.pages.associate(PAGES[0].id, NO_CALENDARS)
    assert told(made.view()).endswith(
        "1 of 2 booking pages is closed: No main booking calendar is chosen: bookings would go nowhere. "
        "Press c to choose calendars."
    )


def test_settings_that_cannot_be_read_are_a_warning_with_the_way_out() -> None:
    made = connected()
    made.store.settings.unreadable = SETTINGS_UNREADABLE.problem(path="default.toml", reason="line 3")
    with pytest.raises(ProblemError):
        made.store.settings.load()
    assert labelled(made.view())["Warning"].startswith("default.toml can't be read: line 3")


def test_the_panel_tells_server_sign_in_sync_and_who_runs_the_connector() -> None:
    facts = labelled(connected().view())
    assert facts["Server"] == "Exchange 2019 · build 15.2.1544.4"
    assert facts["Sign-in"] == "NTLM as CONTOSO\\anna"
    assert facts["Calendars"] == "Calendar · Holidays (read-only) · Private · Team Sales (shared)"
    assert facts["Sync"] == "Real-time"
    assert facts["Password"] == "in an encrypted file (AES-256, key beside it)"
    assert facts["Since"] == "11:03 · last check 12:03:41 · next 12:08:41"
    assert facts["Connector"] == "process 4711 since 09:03"
    hosted = labelled(connected().view(hosting=True))
    assert hosted["Connector"] == "inside this console since 09:03"


def test_a_calendar_that_cannot_be_read_stands_out_in_the_panel() -> None:
    made = connected()
    made.store.busy.known["c3"] = replace(made.store.busy.known["c3"], unreadable="It is gone.")
    panel = {fact.label: fact for fact in made.view().facts}
    assert "Team Sales (shared, can't be read)" in panel["Calendars"].value
    assert panel["Calendars"].tone is Tone.WARNING


def test_time_alone_changes_nothing_while_connected() -> None:
    made = connected()
    before = made.view()
    assert not before.counting
    assert made.pass_time(seconds=59).view() == before


def test_an_interrupted_view_changes_less_than_once_a_second() -> None:
    made = connected().go_silent()
    views = [made.pass_time(seconds=1).view() for _ in range(60)]
    assert views[0].counting
    changes = sum(one.lead != other.lead for one, other in pairwise(views))
    assert changes <= 10


def test_the_next_bookings_say_in_how_many_calendars_they_stand() -> None:
    rows = connected().book().view().bookings
    assert [(row.when, row.length, row.who, row.where) for row in rows] == [
        ("Tue 24 Nov 10:00", "30 min", "Dana Reyes", "in 2 calendars"),
        ("Thu 26 Nov 15:30", "60 min", "Kim Osei", "in 1 calendar"),
    ]


def test_the_log_names_states_by_whose_turn_it_is_and_says_nothing_twice() -> None:
    log = connected().change_password().view().log
    assert [(row.when, row.state, row.sentence) for row in log] == [
        ("12:03:41", "needs you", "The server refuses your password."),
        ("11:03:41", "connected", ""),
    ]


def test_a_console_that_is_about_to_run_the_connector_is_not_called_unattended() -> None:
    made = office(alone=True).connect().forsake()
    time = LocalTime(made.clock.now(), ZoneInfo("Europe/Berlin"))
    assert lead(made.status, time).tone is Tone.WARNING
    assert lead(made.status, time, starting=True).tone is Tone.GOOD
    assert "oncetui run" in str(why_not.check(made.status, time, starting=False))
    assert why_not.check(made.status, time, starting=True) is None
    facts = connection_facts(made.status, time, hosting=False, starting=True)
    assert Fact("Connector", "starting") in facts
