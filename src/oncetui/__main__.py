"""Where the program starts: it quietens the environment and hands over to the command line."""

import os
import sys
from collections.abc import MutableMapping

DEBUG = "ONCETUI_DEBUG"

# With these Textual writes every key, and what stands in every field, to a file or to another program.
TALKATIVE = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT")


def quieten(environment: MutableMapping[str, str]) -> None:
    """Take out what makes Textual write down what is typed, unless `ONCETUI_DEBUG` asks for it."""
    if environment.get(DEBUG):
        return
    for name in TALKATIVE:
        environment.pop(name, None)


def main() -> int:
    """Run oncetui and return its exit code."""
    quieten(os.environ)
    # Imported only now, since Textual reads its environment while it is imported.
    from oncetui.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
