"""Where flaws of the simulator itself are told: its log, and standard error while it runs as a command."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOG = logging.getLogger("oncetui.simulator")


@contextmanager
def flaws_on_standard_error() -> Iterator[None]:
    """Write every flaw to standard error as well, whatever is done with log lines otherwise."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    LOG.addHandler(handler)
    try:
        yield
    finally:
        LOG.removeHandler(handler)
