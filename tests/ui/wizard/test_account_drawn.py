"""The account step as it is drawn, in both sizes."""

import pytest

from oncetui.model.discovering import SearchResult
from oncetui.setup.fields import FieldName
from tests.fakes.exchange import FakeDiscovery
from tests.ui.drawn import LARGE, SMALL, check_golden, screen_text, until, until_text
from tests.ui.wizard.examples import (
    DEMO,
    EMAIL,
    STEPS,
    World,
    enter,
    nothing_found,
    on_account,
    sign_in,
)

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


@SIZES
async def test_the_first_screen_asks_for_email_and_password_only(size: tuple[int, int]) -> None:
    app = World().app()
    async with app.run_test(size=size) as pilot:
        await on_account(pilot)
        await until_text(pilot, "system keyring")
        check_golden(app, "account-empty")


@SIZES
async def test_the_demo_shows_its_mailboxes_on_the_first_screen(size: tuple[int, int]) -> None:
    app = World().app(demo=DEMO)
    async with app.run_test(size=size) as pilot:
        await on_account(pilot)
        await until_text(pilot, "system keyring")
        check_golden(app, "account-demo")


@SIZES
async def test_the_search_runs_while_the_password_is_typed(size: tuple[int, int]) -> None:
    world = World()
    world.discovery.gate.shut()
    app = world.app()
    async with app.run_test(size=size) as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, EMAIL)
        await pilot.press("tab")
        await until_text(pilot, STEPS[-1].place)
        await until_text(pilot, "system keyring")
        check_golden(app, "account-searching")


@SIZES
async def test_nothing_found_reveals_the_ews_url_with_the_reason(size: tuple[int, int]) -> None:
    app = World(discovery=nothing_found()).app()
    async with app.run_test(size=size) as pilot:
        screen = await sign_in(pilot, "ben@fabrikam.example")
        await until(pilot, lambda: screen.state.ews_url is not None)
        enter(screen, FieldName.EWS_URL, "mail.contoso.example/owa")
        await pilot.press("tab", "shift+tab")
        await until_text(pilot, "system keyring")
        check_golden(app, "account-ews-url")


@SIZES
async def test_a_refused_email_reveals_the_windows_name(size: tuple[int, int]) -> None:
    app = World().app()
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        await until_text(pilot, "system keyring")
        check_golden(app, "account-username")


@SIZES
async def test_both_reveals_fit_beside_the_demo(size: tuple[int, int]) -> None:
    app = World(discovery=nothing_found()).app(demo=DEMO)
    async with app.run_test(size=size) as pilot:
        screen = await sign_in(pilot, "ben@fabrikam.example")
        await until(pilot, lambda: screen.state.ews_url is not None)
        enter(screen, FieldName.EWS_URL, "mail.contoso.example/owa")
        await pilot.press("enter")
        await until_text(pilot, "One refused sign-in")
        await until_text(pilot, "system keyring")
        check_golden(app, "account-both")


async def test_a_terminal_without_utf_8_gets_ascii_only() -> None:
    app = World().app(ascii_only=True)
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        await until_text(pilot, "system keyring")
        check_golden(app, "account-ascii")


async def test_details_tell_everything_that_is_known() -> None:
    app = World().app()
    async with app.run_test(size=LARGE) as pilot:
        await sign_in(pilot, password="wrong")
        await until_text(pilot, "One refused sign-in")
        await until_text(pilot, "system keyring")
        await pilot.press("ctrl+d")
        await until_text(pilot, "user-name-form")
        check_golden(app, "account-details")
        await pilot.press("escape")
        await until(pilot, lambda: "user-name-form" not in screen_text(app))


async def test_a_search_that_found_nothing_else_says_why() -> None:
    app = World(discovery=FakeDiscovery(SearchResult(provider="microsoft-365"))).app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until_text(pilot, "Microsoft 365")
        assert "EWS URL" not in screen_text(app)
