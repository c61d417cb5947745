"""The wizard and the console on the terminal."""

from collections.abc import Callable

from oncetui.cli.closed_line import ending_with_the_line
from oncetui.cli.compose import Composition
from oncetui.ui.app import OncetuiApp
from oncetui.ui.services import DemoMailboxes, Opening, StartIn, UiServices


def show_screen(composition: Composition, *, start_in: StartIn | None = None, no_mouse: bool = False) -> int:
    """Run the screens over a profile until they are left, and return the exit code.

    Where they start isn't told, it is the wizard without a saved connection, else the console.
    """
    return show_opened(
        lambda: services_of(composition, start_in=start_in, no_mouse=no_mouse), no_mouse=no_mouse
    )


def services_of(
    composition: Composition,
    *,
    start_in: StartIn | None = None,
    no_mouse: bool = False,
    demo: DemoMailboxes | None = None,
) -> UiServices:
    """Open the profile, and return what the screens are given of it."""
    profile = composition.profile
    saved: StartIn = "setup" if profile.settings.load() is None else "console"
    return UiServices(
        profile=profile,
        start_in=start_in or saved,
        demo=demo,
        no_mouse=no_mouse,
        warm_up=composition.warm_up,
    )


def show_opened(open_services: Callable[[], UiServices], *, no_mouse: bool) -> int:
    """Run the screens until they are left, and return the exit code.

    What they are given is opened in a thread, behind the first line on the screen; what that raises is
    raised here.
    """
    app = OncetuiApp(Opening(open_services))
    with ending_with_the_line():
        app.run(mouse=not no_mouse)
    if app.opening_failed is not None:
        raise app.opening_failed
    return app.return_code or 0
