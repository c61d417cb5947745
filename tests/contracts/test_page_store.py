from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars
from oncetui.model.pages import BookingPage
from tests.contracts.conftest import Ports
from tests.contracts.values import pages

PAGE = BookingPage.named("30 minutes", 30, "Europe/Berlin")
CHOSEN = AssociatedCalendars("c1", additional=frozenset({"c2"}), busy=frozenset({"c1", "c3"}))


class TestPageStore:
    def test_there_are_none_at_first(self, store: Ports) -> None:
        assert store.pages.pages() == ()

    def test_pages_come_by_name(self, store: Ports) -> None:
        for name in ("zoom", "Alpha", "beta"):
            store.pages.save(BookingPage.named(name, 30, "UTC"))

        assert [page.name for page in store.pages.pages()] == ["Alpha", "beta", "zoom"]

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(page=pages)
    def test_every_page_comes_back_as_it_was(self, store: Ports, page: BookingPage) -> None:
        store.pages.save(page)

        assert page in store.pages.pages()

    def test_a_saved_page_takes_the_place_of_the_one_before_it(self, store: Ports) -> None:
        store.pages.save(replace(PAGE, associated=CHOSEN))
        store.pages.save(replace(PAGE, duration_minutes=45))

        assert store.pages.pages() == (replace(PAGE, duration_minutes=45),)

    def test_calendars_are_associated_with_one_page(self, store: Ports) -> None:
        other = BookingPage.named("Other", 30, "UTC")
        store.pages.save(PAGE)
        store.pages.save(other)

        store.pages.associate(PAGE.id, CHOSEN)

        assert store.pages.pages() == (replace(PAGE, associated=CHOSEN), other)
        store.pages.associate(PAGE.id, NO_CALENDARS)
        assert store.pages.pages() == (PAGE, other)

    def test_a_deleted_page_is_gone_with_its_associations(self, store: Ports) -> None:
        store.pages.save(replace(PAGE, associated=CHOSEN))
        store.pages.delete(PAGE.id)
        assert store.pages.pages() == ()

        store.pages.save(PAGE)

        assert store.pages.pages() == (PAGE,)

    def test_a_page_that_isnt_there_is_a_key_error(self, store: Ports) -> None:
        with pytest.raises(KeyError):
            store.pages.associate("nowhere", CHOSEN)
        with pytest.raises(KeyError):
            store.pages.delete("nowhere")
