"""Each setting of a page through text: what is shown is taken back, what can't stand gets one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.calendars import Showing
from oncetui.model.page_settings import SETTINGS, changed
from oncetui.model.pages import BookingPage

PAGE = BookingPage.named("Call", 45, "Europe/Berlin")


@pytest.mark.parametrize("name", list(SETTINGS))
def test_what_is_shown_is_taken_back_as_it_was(name: str) -> None:
    assert changed(PAGE, name, SETTINGS[name].shown(PAGE)) == PAGE


@pytest.mark.parametrize("name", list(SETTINGS))
@given(typed=st.text(max_size=12))
def test_whatever_is_typed_is_taken_or_told_in_one_sentence(name: str, typed: str) -> None:
    page, sentence = PAGE, "Taken."
    try:
        page = changed(PAGE, name, typed)
    except ValueError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert "invalid literal" not in sentence
    assert changed(page, name, SETTINGS[name].shown(page)) == page


@pytest.mark.parametrize(
    ("name", "typed", "part"),
    [
        ("name", " ", "needs a name"),
        ("duration_minutes", "3", "between 5 and 1440 minutes"),
        ("duration_minutes", "half an hour", "such as 30"),
        ("step_minutes", "0", "every 5 to 1440 minutes"),
        ("time_zone", "Mars", "Europe/Berlin"),
        ("working_hours", "9-17", "Mon-Thu 9-12"),
        ("date_hours", "Christmas", "2026-12-24"),
        ("minimum_notice_minutes", "-1", "such as 240, 4 h or 2 days"),
        ("minimum_notice_minutes", "400 days", "365 days"),
        ("horizon_days", "0", "between 1 and 365"),
        ("horizon_days", "٣", "between 1 and 365"),
        ("buffer_before_minutes", "1441", "such as 15"),
        ("buffer_after_minutes", "", "such as 15"),
        ("limit_per_day", "0", "from 1 to 999"),
        ("counts_as_free", "Busy", "Tentative, Away, Working elsewhere"),
        ("location", "a\nb", "one line"),
        ("subject", " ", "such as {page}"),
        ("subject", "{name}", "known are {page}"),
        ("subject", "{customer!z}", "without anything else"),
        ("subject", "{customer:d}", "without anything else"),
        ("subject", "{customer", "no partner"),
        ("subject", "x" * 256, "longer than 255"),
        ("body", "{customer.email}", "known are {page}"),
        ("reminder", "soon", "or none"),
        ("category", "Red, green", "without commas"),
        ("invite", "perhaps", "yes or no"),
        ("follows_calendar", "", "yes or no"),
        ("location", "x" * 256, "at most 255"),
    ],
)
def test_what_cant_stand_is_told_with_an_example_that_can(name: str, typed: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        changed(PAGE, name, typed)


def test_times_may_be_written_with_their_unit() -> None:
    typed = ("90", "90 min", "4h", "2 days", "1 day")
    pages = [changed(PAGE, "minimum_notice_minutes", text) for text in typed]

    assert [page.minimum_notice_minutes for page in pages] == [90, 90, 240, 2880, 1440]
    assert [SETTINGS["minimum_notice_minutes"].shown(page) for page in pages[1:]] == [
        "90 min",
        "4 h",
        "2 days",
        "1 day",
    ]


def test_a_page_may_take_some_showings_for_free_but_never_no_data() -> None:
    page = changed(PAGE, "counts_as_free", "away, Working elsewhere")

    assert [page.blocks(showing) for showing in Showing] == [False, True, True, False, False, True]
    assert [PAGE.blocks(showing) for showing in Showing] == [False, True, True, True, True, True]


def test_a_new_page_begins_at_least_as_often_as_it_lasts() -> None:
    steps = [BookingPage.named("Call", minutes, "UTC").step_minutes for minutes in (5, 30, 60)]

    assert steps == [5, 30, 30]
