"""Fixtures for the tests of other projects: `pytest_plugins = ["oncetui.simulator.pytest_plugin"]`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from oncetui.simulator.serve import RunningSimulator, start


@pytest.fixture(scope="session")
def simulated_exchange() -> Iterator[RunningSimulator]:
    """Run a simulated Exchange with the usual scenario, one for all tests of a session."""
    with start() as simulator:
        yield simulator


@pytest.fixture
def start_simulated_exchange() -> Iterator[Callable[..., RunningSimulator]]:
    """Give a test `oncetui.simulator.start`; what it starts ends with the test."""
    with ExitStack() as running:

        def begin(*arguments: Any, **options: Any) -> RunningSimulator:
            return running.enter_context(start(*arguments, **options))

        yield begin
