import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar, FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import MAILBOX_DENIED
from oncetui.setup.calendar_choice import (
    CalendarChoice,
    additional_toggled,
    busy_toggled,
    by_id,
    main_chosen,
    opened_choice,
)
from oncetui.setup.first_page import first_page_name
from oncetui.setup.sharing import add_shared
from tests.setup.wizard import ANNA, HOLIDAYS, MAIN, PRIVATE, Wizard

TEAM = FoundCalendar("k-team", "Team Sales", writable=True, owner="sales@contoso.example")


def choice() -> CalendarChoice:
    return opened_choice([PRIVATE, MAIN, HOLIDAYS, TEAM], ANNA)


def test_the_step_opens_with_the_usual_choice_made() -> None:
    opened = choice()
    assert opened.title == "Bookings of “30 minutes with Anna”"
    assert [row.calendar.name for row in opened.rows] == ["Calendar", "Private", "Holidays", "Team Sales"]
    assert [(row.main.on, row.additional.on, row.busy.on) for row in opened.rows] == [
        (True, False, True),
        (False, False, True),
        (False, False, False),
        (False, False, False),
    ]
    assert opened.sentences == (
        "Bookings go into Calendar.",
        "Events in Calendar and Private make you busy.",
    )
    assert opened.warning is None


def test_a_row_says_what_cannot_be_chosen_and_why() -> None:
    rows = {row.calendar.name: row for row in choice().rows}
    assert not rows["Holidays"].main.possible
    assert not rows["Holidays"].additional.possible
    assert rows["Holidays"].busy.possible
    assert rows["Holidays"].remark == "read-only"
    assert not rows["Calendar"].additional.possible
    assert not rows["Calendar"].busy.possible
    assert rows["Team Sales"].remark == "shared"


def test_a_toggle_changes_the_sentences() -> None:
    changed = busy_toggled(additional_toggled(choice(), "k-team"), "k-team")
    assert changed.said == "Events in Team Sales make busy."
    assert changed.sentences == (
        "Bookings go into Calendar and Team Sales.",
        "Events in Calendar, Private and Team Sales make you busy.",
    )


def test_a_refused_toggle_says_why_and_changes_nothing() -> None:
    refused = main_chosen(choice(), "k-holidays")
    assert refused.refused
    assert refused.said == "Holidays is read-only, so bookings can't go into it."
    assert refused.associated == choice().associated


def test_without_a_main_calendar_the_step_warns() -> None:
    without = main_chosen(choice(), "k-main")
    assert without.sentences[0] == "Bookings go nowhere yet."
    assert without.warning == "Without a main booking calendar the page accepts no bookings."
    assert opened_choice([HOLIDAYS], ANNA).warning is not None


@given(st.lists(st.tuples(st.sampled_from("mab"), st.sampled_from(["k-main", "k-private", "k-holidays"]))))
def test_no_toggle_lets_bookings_into_a_read_only_calendar(presses: list[tuple[str, str]]) -> None:
    toggles = {"m": main_chosen, "a": additional_toggled, "b": busy_toggled}
    state = choice()
    for press, key in presses:
        state = toggles[press](state, key)
    assert "k-holidays" not in state.associated.additional | {state.associated.main}
    assert all(row.busy.on for row in state.rows if row.main.on)


def test_pages_that_lost_their_calendars_get_the_choice() -> None:
    bare = BookingPage.named("Sales demo", 30, "Europe/Berlin")
    other = BookingPage("own", "Own", 30, "Europe/Berlin", associated=AssociatedCalendars("c1"))
    opened = opened_choice([MAIN], ANNA, [other, bare])
    assert opened.pages == ("sales-demo",)
    assert opened.title == "Bookings of “Sales demo”"


def test_a_page_with_calendars_shows_its_own() -> None:
    page = BookingPage(
        "own", "Own", 30, "Europe/Berlin", associated=AssociatedCalendars("c2", busy=frozenset({"c9"}))
    )
    known = [Calendar("c2", "k-private", "Private", writable=True), Calendar("c9", "gone", "Gone", True)]
    opened = opened_choice([MAIN, PRIVATE], ANNA, [page], known)
    assert opened.associated == AssociatedCalendars("k-private")


def test_calendars_of_one_name_are_told_apart_by_their_owner() -> None:
    theirs = FoundCalendar("k-ben", "Calendar", writable=False, owner="ben@contoso.example")
    opened = busy_toggled(opened_choice([MAIN, theirs], ANNA), "k-ben")
    assert opened.sentences[1] == "Events in Calendar and Calendar of ben@contoso.example make you busy."
    assert opened.found == (MAIN, theirs)


def test_the_choice_is_kept_by_the_ids_of_the_store() -> None:
    saved = [Calendar("c7", "k-main", "Calendar", True), Calendar("c8", "k-private", "Private", True)]
    assert by_id(choice().associated, saved) == AssociatedCalendars("c7", busy=frozenset({"c7", "c8"}))


def test_a_shared_calendar_is_added_with_nothing_chosen_for_it() -> None:
    wizard = Wizard()
    wizard.mailbox.shared["sales@contoso.example"] = TEAM
    signed_in = wizard.sign_in()
    added = add_shared(signed_in, wizard.choice(signed_in), " sales@contoso.example", Cancellation())
    assert added.rows[-1].calendar.name == "Team Sales"
    assert not added.rows[-1].busy.on
    again = add_shared(signed_in, added, "sales@contoso.example", Cancellation())
    assert again.refused
    assert again.found == added.found


@pytest.mark.parametrize(
    ("address", "code"), [("sales", "email-spelling"), ("boss@contoso.example", "calendar-not-shared")]
)
def test_a_shared_calendar_that_cannot_be_read_is_told(address: str, code: str) -> None:
    wizard = Wizard()
    wizard.mailbox.shared["boss@contoso.example"] = ProblemError(MAILBOX_DENIED.problem())
    signed_in = wizard.sign_in()
    with pytest.raises(ProblemError) as caught:
        add_shared(signed_in, wizard.choice(signed_in), address, Cancellation())
    assert caught.value.problem.code == code


@pytest.mark.parametrize(
    ("mailbox", "name"),
    [
        ("anna@contoso.example", "30 minutes with Anna"),
        ("anna.schmidt@contoso.example", "30 minutes with Anna Schmidt"),
        ("mary-ann_o@contoso.example", "30 minutes with Mary Ann O"),
        ("...@contoso.example", "30 minutes"),
    ],
)
def test_the_first_page_is_named_after_the_mailbox(mailbox: str, name: str) -> None:
    assert first_page_name(mailbox) == name
