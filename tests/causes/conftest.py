from collections.abc import Iterator

import pytest

from oncetui.simulator import start
from tests.exchange.site import Site


@pytest.fixture(scope="session")
def _running() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


@pytest.fixture
def site(_running: Site) -> Iterator[Site]:
    """A simulator that all rows share; its faults end with each."""
    _running.forget()
    yield _running
    _running.control("DELETE", "/faults")
