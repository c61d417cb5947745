"""From the wizard to the troubleshoot screen and back to the field at fault."""

from oncetui.setup.fields import FieldName
from oncetui.ui.troubleshoot.screen import TroubleshootScreen
from tests.ui.drawn import screen_text, until, until_text
from tests.ui.wizard.examples import World, enter, nothing_found, on_account, the_field

BEN = "ben@fabrikam.example"


async def test_a_search_that_found_nothing_leads_there_and_back_to_the_ews_url() -> None:
    world = World(discovery=nothing_found())
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        assert "text for IT" not in screen_text(app)
        enter(screen, FieldName.EMAIL, BEN)
        await pilot.press("tab")
        await until(pilot, lambda: screen.state.problem is not None)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: isinstance(app.screen, TroubleshootScreen))
        await until_text(pilot, "No Exchange server answers for fabrikam.example.")
        await pilot.press("f")
        await until_text(pilot, "Not tried")
        assert world.opener.sign_ins == []
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: app.focused is the_field(screen, FieldName.EWS_URL).input)


async def test_the_text_for_it_never_holds_the_password_that_was_typed() -> None:
    world = World(discovery=nothing_found())
    app = world.app()
    async with app.run_test() as pilot:
        screen = await on_account(pilot)
        enter(screen, FieldName.EMAIL, BEN)
        await pilot.press("tab")
        await pilot.press(*"canary8")
        await until(pilot, lambda: screen.state.problem is not None)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: isinstance(app.screen, TroubleshootScreen))
        await pilot.press("t")
        await until_text(pilot, "Written to")
        assert BEN.partition("@")[2] in app.clipboard
        assert "canary8" not in app.clipboard
