"""What commands print: lines for people, and one JSON object for programs."""

import sys
from typing import Any


def print_object(told: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own, in ASCII."""
    _print_json(told)


def print_list(told: list[dict[str, str | None]]) -> None:
    """Print one JSON list on a line of its own, in ASCII."""
    _print_json(told)


def print_text(text: str, *, to_person: bool = False) -> None:
    """Print lines as this terminal can show them; `to_person` goes to standard error.

    Names come from servers: what could steer the terminal is taken out of them.
    """
    from oncetui.plain.console_io import StandardIO

    target = sys.stderr if to_person else sys.stdout
    if target is None:
        return  # the process was started without it
    io = StandardIO(target=target)
    for line in text.split("\n"):
        io.show(line)


def _print_json(told: object) -> None:
    import json

    print(json.dumps(told), flush=True)
