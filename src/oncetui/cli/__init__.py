"""The command line: a module a command, each importing what it needs when it runs."""

import sys


def main() -> int:
    """Run the command of this process's arguments and return its exit code."""
    from oncetui.cli.outcome import outcome_of

    return outcome_of(sys.argv[1:])
