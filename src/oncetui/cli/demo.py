"""`oncetui demo`: the wizard against a simulated Exchange, in a throw-away home."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import click

from oncetui.cli.input import require_terminal

NO_TERMINAL = (
    "oncetui demo needs a terminal. Without one run: oncetui simulate --ready-file FILE, "
    "and connect to it with oncetui setup --yes"
)


@click.command()
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
def demo(*, no_mouse: bool) -> int:
    """Try everything without a server.

    Nothing leaves this computer, and nothing stays on it. The mailboxes to try stand on the first screen;
    ctrl+p breaks and mends the server.
    """
    require_terminal(NO_TERMINAL)
    from oncetui.cli.compose import Composition, GlobalOptions
    from oncetui.cli.demo_server import demo_mailboxes, demo_route
    from oncetui.cli.screen import show_screen
    from oncetui.simulator.serve import start

    with ExitStack() as until_quit:
        home = Path(until_quit.enter_context(tempfile.TemporaryDirectory(prefix="oncetui-demo-")))
        simulator = until_quit.enter_context(start())
        until_quit.enter_context(gone_on_a_signal(home, Path(simulator.ready["ca_file"]).parent))
        options = GlobalOptions(home=home, route=demo_route(simulator.ready), keyring=False)
        composition = Composition(options)
        until_quit.callback(composition.close)
        return show_screen(
            composition, start_in="setup", no_mouse=no_mouse, demo=demo_mailboxes(simulator.ready)
        )


@contextmanager
def gone_on_a_signal(*folders: Path) -> Iterator[None]:
    """Remove the folders where a hang-up or SIGTERM ends the process, which runs no other clean-up."""

    def end(number: int, _frame: FrameType | None) -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    known = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = [(number, signal.signal(number, end)) for number in known]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
