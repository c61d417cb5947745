"""The command palette: the commands of the current screen and, in the demo, those that break the server."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from oncetui.ui.screen import commands_on

if TYPE_CHECKING:
    from oncetui.ui.app import OncetuiApp


class OurCommands(Provider):
    """Offers each command of the screen below, those of the app, and the demo's actions."""

    async def discover(self) -> Hits:
        """Offer everything."""
        for title, help_text, run in self._offers():
            yield DiscoveryHit(title, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for title, help_text, run in self._offers():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=help_text)

    def _offers(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        app = cast("OncetuiApp", self.app)
        screen = self.screen
        for command in commands_on(screen):
            if command.in_palette:
                yield _title(command.help), command.shown_key, _runner(app, command.action)
        for command in app.KEYS:
            if command.in_palette:
                yield _title(command.help), command.shown_key, _runner(app, f"app.{command.action}")
        for action in app.services.demo.actions if app.services.demo else ():
            yield f"Demo: {action.label}", action.help, partial(app.run_demo_action, action)


def _title(help_text: str) -> str:
    return help_text.rstrip(".")


def _runner(app: "OncetuiApp", action: str) -> Callable[[], object]:
    return lambda: app.run_action(action, default_namespace=app.screen)
