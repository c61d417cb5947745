from collections.abc import Iterator

import pytest

from oncetui.simulator import start
from tests.exchange.site import Site


@pytest.fixture(scope="session")
def _running_site() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


@pytest.fixture
def site(_running_site: Site) -> Iterator[Site]:
    """A simulator that many tests share: none of them changes its mailboxes for good."""
    _running_site.forget()
    yield _running_site
    _running_site.control("DELETE", "/faults")


@pytest.fixture(scope="session")
def _running_outside() -> Iterator[Site]:
    with start("outside") as simulator:
        yield Site(simulator)


@pytest.fixture
def outside(_running_outside: Site) -> Site:
    """A shared simulator where one company's mail lies on another one's server."""
    _running_outside.forget()
    return _running_outside


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A simulator of the test's own, to change as it likes."""
    with start() as simulator:
        yield Site(simulator)
