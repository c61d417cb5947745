"""The console as a program of its own over fakes, for tests that look at a real terminal.

`outage` lets a second pass in each second and fail another try every four, as the connector does.
"""

import sys
import threading
from datetime import timedelta

from oncetui.model.problems.network import NO_ANSWER
from tests.ui.console.examples import HOST, Office, office
from tests.ui.console.opened import console_app


def suffer(made: Office) -> None:
    """Let the outage go on until the program ends."""
    forever = threading.Event()
    seconds = 0
    while not forever.wait(1):
        seconds += 1
        made.clock.advance(timedelta(seconds=1))
        if seconds % 2 == 0:
            made.beat()
        if seconds % 4 == 0:
            made.fault(NO_ANSWER.problem(host=HOST))


def main() -> None:
    """Run the console."""
    made = office().connect().book()
    if sys.argv[1:] == ["outage"]:
        made.go_silent()
        threading.Thread(target=suffer, args=(made,), daemon=True).start()
    app = console_app(made)
    app.run()


if __name__ == "__main__":
    main()
