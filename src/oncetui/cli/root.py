"""The `oncetui` command: its global options, and its subcommands, each imported when it is asked for."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncetui import __version__

if TYPE_CHECKING:
    from oncetui.cli.compose import Composition

COMMANDS = (
    "setup",
    "status",
    "reconnect",
    "disconnect",
    "check",
    "report",
    "refresh",
    "run",
    "service",
    "calendars",
    "pages",
    "book",
    "activity",
    "slots",
    "explain",
    "profiles",
    "settings",
    "demo",
    "simulate",
)
# The commands that go to the server, None being the screens.
REACHING = (None, "setup", "reconnect", "check", "report", "refresh", "run")
NO_TERMINAL = (
    "oncetui needs a terminal. Without one run: oncetui setup --yes --email EMAIL --password-stdin, "
    "or oncetui status"
)


class Subcommands(click.Group):
    """Finds a command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """Import a command; None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"oncetui.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(
    cls=Subcommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="oncetui %(version)s")
@click.option("--profile", default="default", metavar="NAME", help="The connection to work with.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep settings, state and cache below this folder (also: ONCETUI_HOME).",
)
@click.option(
    "--connect-to",
    multiple=True,
    metavar="HOST:PORT:HOST2:PORT2",
    help="Reach HOST:PORT at HOST2:PORT2, without looking HOST up; TLS still checks HOST. Never saved.",
)
@click.option(
    "--ca-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Trust the authority's certificate from IT, in PEM form, beside the system's; setup and reconnect "
    "save it.",
)
@click.option(
    "--proxy",
    metavar="URL",
    help="Go through this proxy, http:// or https://; “environment” reads HTTPS_PROXY, “none” goes straight. "
    "setup and reconnect save it.",
)
@click.option("--proxy-user", metavar="NAME", help="Sign in to the proxy with this name.")
@click.option(
    "--proxy-password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A file whose first line is the proxy's password.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A file whose first line is the passphrase of --keep-password passphrase.",
)
@click.option("--verbose", is_flag=True, help="Tell more: each check, and where a fault of ours happened.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_context
def root(
    ctx: click.Context,
    /,
    *,
    profile: str,
    home: Path | None,
    connect_to: tuple[str, ...],
    ca_file: Path | None,
    proxy: str | None,
    proxy_user: str | None,
    proxy_password_file: Path | None,
    passphrase_file: Path | None,
    verbose: bool,
    no_mouse: bool,
) -> int | None:
    """Connect an Exchange (Outlook) calendar to booking pages.

    Without a command: the wizard where nothing is connected yet, else the console.
    """
    from oncetui.cli.compose import Composition, GlobalOptions
    from oncetui.cli.library_logs import direct_library_logs
    from oncetui.cli.network_options import passphrase_of, route_of, with_asked_password

    direct_library_logs()
    route = route_of(connect_to, ca_file, proxy, proxy_user, proxy_password_file)
    if proxy_user and proxy_password_file is None and ctx.invoked_subcommand in REACHING:
        route = with_asked_password(route)
    passphrase = passphrase_of(passphrase_file)
    composition = Composition(GlobalOptions(profile, home, route, verbose=verbose, passphrase=passphrase))
    ctx.obj = composition
    ctx.call_on_close(composition.close)
    if ctx.invoked_subcommand is not None:
        return None
    return _open_screen(composition, no_mouse=no_mouse)


def _open_screen(composition: "Composition", *, no_mouse: bool) -> int:
    from oncetui.cli.input import require_terminal

    require_terminal(NO_TERMINAL)
    from oncetui.cli.unlocking import unlock

    unlock(composition)
    from oncetui.cli.screen import show_screen

    return show_screen(composition, no_mouse=no_mouse)
