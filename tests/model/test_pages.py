"""A booking page is made from what a person gives, or one sentence says what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.pages import BookingPage, link_name


def test_a_page_gets_its_link_name_from_its_name() -> None:
    page = BookingPage.named("30 Minuten mit Änne", 30, "Europe/Berlin")
    assert page.id == "30-minuten-mit-anne"
    assert page.working_hours[0] == page.working_hours[4]
    assert page.working_hours[5] == ()


@pytest.mark.parametrize(
    ("name", "duration", "zone", "link", "part"),
    [
        (" ", 30, "Europe/Berlin", None, "needs a name"),
        ("Call", 0, "Europe/Berlin", None, "such as 30"),
        ("Call", 30, "Berlin time", None, "Europe/Berlin"),
        ("Call", 30, "../etc/passwd", None, "Europe/Berlin"),
        ("Call", 30, "Europe/Berlin", "A b", "sales-demo"),
        ("…", 30, "Europe/Berlin", None, "sales-demo"),
    ],
)
def test_a_value_that_cant_stand_gets_one_sentence(
    name: str, duration: int, zone: str, link: str | None, part: str
) -> None:
    with pytest.raises(ValueError, match=part):
        BookingPage.named(name, duration, zone, link=link)


@given(st.text())
def test_link_names_are_plain_and_stay_as_they_are(name: str) -> None:
    link = link_name(name)
    assert set(link) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert link_name(link) == link
