"""Following the store from a thread."""

from dataclasses import replace

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.ports import PageStore
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.ui.console.following import Told, Unreadable, follow
from tests.ui.console.examples import office


class PagesAfterAFault:
    """Pages that can't be read the first time."""

    def __init__(self, pages: PageStore) -> None:
        self._pages = pages
        self._failed = False

    def pages(self) -> tuple[BookingPage, ...]:
        if not self._failed:
            self._failed = True
            raise ProblemError(DISK_FULL.problem(path="store.db", reason="no space left"))
        return self._pages.pages()

    def save(self, page: BookingPage) -> None:
        self._pages.save(page)

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        self._pages.associate(page, associated)

    def delete(self, page: str) -> None:
        self._pages.delete(page)


def test_what_is_kept_comes_as_one_message_with_log_and_bookings() -> None:
    made = office().connect().book()
    cancellation = Cancellation()
    messages: list[Told | Unreadable] = []

    def post(message: Told | Unreadable) -> None:
        messages.append(message)
        cancellation.cancel()

    follow(made.profile, cancellation, post)
    (told,) = messages
    assert isinstance(told, Told)
    assert told.status == made.status
    assert [line.state for line in told.history] == ["connected"]
    assert [booking.customer for booking in told.bookings] == ["Dana Reyes", "Kim Osei"]


def test_a_store_that_cannot_be_read_is_told_and_asked_again() -> None:
    made = office().connect()
    profile = replace(made.profile, pages=PagesAfterAFault(made.store.pages))
    cancellation = Cancellation()
    messages: list[Told | Unreadable] = []

    def post(message: Told | Unreadable) -> None:
        messages.append(message)
        if isinstance(message, Told):
            cancellation.cancel()

    follow(profile, cancellation, post)
    assert isinstance(messages[0], Unreadable)
    assert messages[0].sentence.startswith("store.db can't be written: no space left")
    assert isinstance(messages[1], Told)


def test_the_newest_news_stands_for_those_before_it() -> None:
    made = office().connect()
    news = Told(made.status, (), ())
    assert news.can_replace(Told(made.status, (), ()))
    assert not news.can_replace(Unreadable("It can't be read."))
