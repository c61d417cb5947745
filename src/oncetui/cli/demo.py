"""`oncetui demo`: the wizard against a simulated Exchange, in a throw-away home."""

import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from oncetui.cli.input import require_terminal

if TYPE_CHECKING:
    from oncetui.ui.services import UiServices

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
    from oncetui.cli.screen import show_opened

    with ExitStack() as until_quit:
        home = Path(until_quit.enter_context(tempfile.TemporaryDirectory(prefix="oncetui-demo-")))
        folders = [home]
        until_quit.enter_context(gone_on_a_signal(folders))
        return show_opened(lambda: _opened(folders, until_quit, no_mouse=no_mouse), no_mouse=no_mouse)


def _opened(folders: list[Path], until_quit: ExitStack, *, no_mouse: bool) -> "UiServices":
    """Start the server and open the home, the first of the folders; add the server's own folder to them."""
    from oncetui.cli.compose import Composition, GlobalOptions
    from oncetui.cli.demo_server import demo_mailboxes, demo_route
    from oncetui.cli.screen import services_of
    from oncetui.simulator.serve import start

    ready = until_quit.enter_context(start()).ready
    folders.append(Path(ready["ca_file"]).parent)
    composition = Composition(GlobalOptions(home=folders[0], route=demo_route(ready), keyring=False))
    until_quit.callback(composition.close)
    return services_of(composition, start_in="setup", no_mouse=no_mouse, demo=demo_mailboxes(ready))


@contextmanager
def gone_on_a_signal(folders: Sequence[Path]) -> Iterator[None]:
    """Remove the folders where a hang-up or SIGTERM ends the process, which runs no other clean-up.

    The sequence is read when that happens: what is added to it meanwhile goes as well.
    """

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
