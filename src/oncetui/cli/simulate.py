"""`oncetui simulate`: run the simulated Exchange until it is told to stop."""

import errno
import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="P",
    help="Port for HTTPS; any free one by default.",
)
@click.option(
    "--scenario",
    default="default",
    show_default=True,
    metavar="NAME",
    help="Mailboxes and calendars to begin with.",
)
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="F",
    help="Also write the JSON line that says how to reach it to this file.",
)
def simulate(port: int, scenario: str, ready_file: Path | None) -> None:
    """Run a simulated Exchange server on this machine, to try oncetui and test it with.

    Prints one JSON line when it answers. Everything is kept in memory; Ctrl+C or SIGTERM ends it.
    """
    from oncetui.simulator.scenario_choice import UnknownScenarioError
    from oncetui.simulator.serve import run

    def announce(ready: dict[str, Any]) -> None:
        line = json.dumps(ready)
        if ready_file is not None:
            _write_private(ready_file, line)
            leaving.callback(ready_file.unlink, missing_ok=True)
        click.echo(line)

    with ExitStack() as leaving:
        try:
            run(scenario, port, announce)
        except UnknownScenarioError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            reason = f"port {port} can't be used: {error.strerror}; leave --port out for a free one"
            raise click.UsageError(reason) from error


def _write_private(path: Path, line: str) -> None:
    """Put the line into the file at once, for its owner only: it holds passwords and the control token."""
    try:
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(line + "\n")
        Path(draft).replace(path)
    except OSError as error:
        raise click.UsageError(
            f"{path} can't be written: {error.strerror}; name a file in a folder of yours"
        ) from error
