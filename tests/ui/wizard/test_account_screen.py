"""What the account step does with keys, searches and sign-ins."""

import asyncio
import threading
from collections.abc import Callable
from typing import NoReturn

from textual.events import Key

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import NetworkRoute
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.secret import Secret
from oncetui.setup.answers import Answers
from oncetui.setup.fields import FieldName
from oncetui.setup.signing_in import SignedIn, sign_in_once
from oncetui.ui.wizard.account_drawn import ONCE_MORE
from oncetui.ui.wizard.account_work import AttemptEnded
from oncetui.ui.wizard.calendars import CalendarsScreen
from oncetui.ui.wizard.consent import ConsentLine
from tests.fakes.exchange import FakeDiscovery
from tests.ui.drawn import screen_text, until, until_text
from tests.ui.wizard.examples import (
    EMAIL,
    FOUND,
    PASSWORD,
    PROBE,
    URL,
    World,
    enter,
    nothing_found,
    on_account,
    sign_in,
    the_field,
)


def focused_field(screen: object) -> str | None:
    focused = getattr(screen, "focused", None)
    assert focused is not None
    return focused.parent.parent.id if focused.parent is not None else None


async def test_the_search_starts_when_the_email_is_left_and_not_before() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("a")
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.pause()
        assert world.discovery.searches == []
        await pilot.press("tab")
        await until(pilot, lambda: screen.state.found is not None)
        assert world.discovery.searches == [EMAIL]
        assert world.opener.sign_ins == []


async def test_a_misspelt_email_turns_the_help_into_the_error_and_stays() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, "anna.contoso.example")
        await pilot.press("tab")
        await until_text(pilot, "An email address has an @ in it")
        assert "your Exchange (Outlook) address" not in screen_text(app)
        assert the_field(screen, FieldName.EMAIL).value == "anna.contoso.example"
        assert world.discovery.searches == []


async def test_enter_goes_to_what_is_missing_and_says_so_once() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("enter")
        await until(pilot, lambda: focused_field(screen) == FieldName.PASSWORD)
        assert screen_text(app).count("Please enter the password of this mailbox.") == 1


async def test_enter_in_an_empty_wizard_stays_at_the_email() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("enter")
        await until_text(pilot, "Please enter your email address")
        assert focused_field(screen) == FieldName.EMAIL
        assert world.discovery.searches == []


async def test_enter_before_the_search_has_ended_connects_when_it_has() -> None:
    world = World()
    world.discovery.gate.shut()
    app = world.app()
    async with app.run_test() as pilot:
        await sign_in(pilot)
        await until_text(pilot, "Connecting as soon as the server is found")
        assert world.opener.sign_ins == []
        world.discovery.gate.open()
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        assert world.opener.sign_ins == [EMAIL]


async def test_a_password_that_is_typed_on_while_enter_waits_for_the_search_is_never_shown() -> None:
    world = World(discovery=nothing_found())
    world.discovery.gate.shut()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until_text(pilot, "Connecting as soon as the server is found")
        await pilot.press(*"bli")
        world.discovery.gate.open()
        await until(pilot, lambda: screen.state.ews_url is not None)
        await pilot.press(*"nd")
        assert focused_field(screen) == FieldName.PASSWORD
        assert the_field(screen, FieldName.EWS_URL).value == ""
        assert the_field(screen, FieldName.PASSWORD).secret_input.secret == Secret(f"{PASSWORD}blind")
        assert world.opener.sign_ins == []


async def test_a_wrong_password_is_sent_once_and_what_was_typed_stays() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        assert world.opener.refused == 1
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert the_field(screen, FieldName.PASSWORD).secret_input.secret == Secret("wrong")
        assert the_field(screen, FieldName.USERNAME).value == "CONTOSO\\anna"
        assert focused_field(screen) == FieldName.PASSWORD


async def test_a_password_typed_after_a_refusal_takes_the_place_of_the_refused_one_unseen() -> None:
    world = World()
    world.opener.accepts = {("CONTOSO\\anna", PASSWORD)}
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        await pilot.press(*("space" if sign == " " else sign for sign in PASSWORD))
        assert the_field(screen, FieldName.USERNAME).value == "CONTOSO\\anna"
        assert the_field(screen, FieldName.PASSWORD).secret_input.secret == Secret(PASSWORD)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))


async def test_a_refused_password_is_sent_again_by_a_second_enter_only() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        await pilot.press("enter")
        await until_text(pilot, "2 refused sign-ins")
        await pilot.press("enter")
        await until_text(pilot, "not sent again")
        assert world.opener.refused == 2
        assert screen.state.insistence.again


async def test_the_windows_name_that_the_server_accepts_leads_on() -> None:
    world = World()
    world.opener.accepts = {("CONTOSO\\anna", PASSWORD)}
    app = world.app()
    async with app.run_test() as pilot:
        await sign_in(pilot)
        await until_text(pilot, "One refused sign-in")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        assert world.opener.sign_ins == [EMAIL, "CONTOSO\\anna"]


async def test_an_address_of_any_spelling_is_put_right_and_used() -> None:
    world = World(discovery=nothing_found())
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until(pilot, lambda: screen.state.ews_url is not None)
        enter(screen, FieldName.EWS_URL, "mail.contoso.example/owa")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        assert world.opener.opened[0].ews_url == URL


async def test_a_slash_is_offered_back_as_a_backslash() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: focused_field(screen) == FieldName.USERNAME)
        enter(screen, FieldName.USERNAME, "CONTOSO/anna")
        await pilot.press("tab")
        await until_text(pilot, "ctrl+o takes it")
        assert the_field(screen, FieldName.USERNAME).value == "CONTOSO/anna"
        await pilot.press("ctrl+o")
        await until(pilot, lambda: the_field(screen, FieldName.USERNAME).value == "CONTOSO\\anna")


async def test_esc_stops_a_search_and_loses_nothing() -> None:
    world = World()
    world.discovery.gate.shut()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("tab")
        await until_text(pilot, "Looking for your Exchange server")
        await until(pilot, world.discovery.gate.arrived.is_set)
        await pilot.press("escape")
        await until(pilot, lambda: screen.state.search is None)
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert app.is_running


async def test_esc_stops_an_attempt_and_closes_what_it_still_achieves() -> None:
    world = World()
    world.opener.gate.shut()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until_text(pilot, "Signing in to mail.contoso.example")
        await until(pilot, world.opener.gate.arrived.is_set)
        await pilot.press("escape")
        await until(pilot, lambda: screen.state.signing_in is None)
        assert world.opener.sign_ins == []
        assert the_field(screen, FieldName.PASSWORD).secret_input.secret == Secret(PASSWORD)
        assert focused_field(screen) == FieldName.PASSWORD
        world.opener.gate.open()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))


async def test_after_a_temporary_fault_the_cursor_is_back_in_the_password() -> None:
    world = World()
    world.opener.problems = [ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))]
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until_text(pilot, "No answer from mail.contoso.example.")
        assert focused_field(screen) == FieldName.PASSWORD
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))


async def test_seconds_are_counted_while_signing_in() -> None:
    world = World()
    world.opener.gate.shut()
    app = world.app()
    async with app.run_test() as pilot:
        await sign_in(pilot)
        await until_text(pilot, "Signing in to mail.contoso.example as anna@contoso.example…")
        await until_text(pilot, " 0 s")
        world.clock.advance(4)
        await until_text(pilot, " 4 s")
        await pilot.press("escape")


async def test_esc_asks_once_more_where_a_password_would_be_lost() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("tab")
        await until(pilot, lambda: screen.state.found is not None)
        enter(screen, FieldName.PASSWORD, PASSWORD)
        await pilot.press("escape")
        await until_text(pilot, ONCE_MORE.format(leave="quit"))
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running)
    assert world.store.drafts.load().email == EMAIL
    assert PASSWORD not in repr(world.store.drafts.load())


async def test_typing_on_takes_the_first_esc_back() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("a", "escape")
        await until_text(pilot, ONCE_MORE.format(leave="quit"))
        await pilot.press("b")
        await until(pilot, lambda: "once more" not in screen_text(app))
        await pilot.press("escape")
        await until_text(pilot, ONCE_MORE.format(leave="quit"))
        assert app.screen is screen


async def test_esc_leaves_an_empty_wizard_at_once() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        await on_account(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running)


async def test_a_finished_field_is_in_the_draft_at_once() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("tab")
        await until(pilot, lambda: world.store.drafts.load().email == EMAIL)


async def test_quitting_keeps_the_field_that_is_being_typed() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        enter(await on_account(pilot), FieldName.EMAIL, EMAIL)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert world.store.drafts.load().email == EMAIL


async def test_a_draft_is_put_back_and_its_server_is_searched() -> None:
    world = World()
    world.store.drafts.save(DraftAnswers(email=EMAIL))
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await until(pilot, lambda: screen.state.found is not None)
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert focused_field(screen) == FieldName.PASSWORD


class WatchedDiscovery(FakeDiscovery):
    """Tells how its search ended."""

    def __init__(self) -> None:
        super().__init__(FOUND)
        self.ended = threading.Event()
        self.was_cancelled = False

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        try:
            return super().search(email, route, report, cancellation, remembered)
        except CancelledByUserError:
            self.was_cancelled = True
            raise
        finally:
            self.ended.set()


async def test_quitting_cancels_a_search_that_hangs() -> None:
    discovery = WatchedDiscovery()
    discovery.gate.shut()
    app = World(discovery=discovery).app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("tab")
        await until(pilot, discovery.gate.arrived.is_set)
        await pilot.press("ctrl+q")
    assert await asyncio.to_thread(discovery.ended.wait, 10)
    assert discovery.was_cancelled


OUTSIDE = SearchResult((FoundServer(URL, "Autodiscover", outside="mail.contoso.example", probe=PROBE),))


async def test_a_host_outside_the_mail_domain_gets_no_password_without_consent() -> None:
    world = World(discovery=FakeDiscovery(OUTSIDE).knows(PROBE))
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until(pilot, lambda: isinstance(screen.focused, ConsentLine))
        await pilot.press("enter")
        await pilot.press("n")
        await until(pilot, lambda: focused_field(screen) == FieldName.EWS_URL)
        assert world.opener.sign_ins == []


async def test_consent_sends_the_password_there() -> None:
    world = World(discovery=FakeDiscovery(OUTSIDE).knows(PROBE))
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot)
        await until(pilot, lambda: isinstance(screen.focused, ConsentLine))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        assert world.opener.sign_ins == [EMAIL]


async def test_the_address_can_be_entered_before_anything_is_searched() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        assert not the_field(screen, FieldName.EWS_URL).display
        await pilot.press("ctrl+e")
        await until(pilot, lambda: focused_field(screen) == FieldName.EWS_URL)
        assert "You know your server's address." in screen_text(app)


async def test_the_password_is_shown_on_demand_and_hidden_when_left() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        await pilot.press("tab")
        enter(screen, FieldName.PASSWORD, PASSWORD)
        await pilot.pause()
        assert PASSWORD not in screen_text(app)
        await pilot.press("ctrl+r")
        await until_text(pilot, PASSWORD)
        await pilot.press("shift+tab")
        await until(pilot, lambda: PASSWORD not in screen_text(app))


async def test_an_unforeseen_failure_is_shown_and_nothing_is_lost() -> None:
    world = World()

    def broken(username: str) -> NoReturn:
        raise ArithmeticError(username)

    world.opener.refuses_with = broken
    app = world.app()
    async with app.run_test() as pilot:
        screen = await sign_in(pilot, password="wrong")
        await until_text(pilot, "The server's answer is not known: ArithmeticError")
        assert the_field(screen, FieldName.EMAIL).value == EMAIL
        assert screen.state.signing_in is None


async def test_a_sign_in_that_comes_too_late_is_closed() -> None:
    world = World()
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        late = late_sign_in(world)
        screen.post_message(AttemptEnded(Cancellation(), late))
        await until(pilot, lambda: world.opener.gateways[0].closed)
        assert app.screen is screen


def late_sign_in(world: World) -> SignedIn:
    answers = Answers(EMAIL, ews_url=URL)
    return sign_in_once(
        answers,
        Secret(PASSWORD),
        None,
        profile=world.profile,
        cancellation=Cancellation(),
    )


async def test_keys_that_come_in_a_bunch_go_to_the_fields_they_are_meant_for() -> None:
    app = World().app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        keys = [Key(letter, letter) for letter in "anna"]
        keys += [Key("tab", "\t"), *(Key(letter, letter) for letter in "secret")]
        for key in keys:
            app.post_message(key)
        await until(pilot, lambda: the_field(screen, FieldName.PASSWORD).value == "secret")
        assert the_field(screen, FieldName.EMAIL).value == "anna"
