"""A home in a temporary folder, and a store in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.store.home import Home, locate_home
from oncetui.store.opening import Store, open_store
from tests.fakes.clock import FakeClock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return locate_home(tmp_path / "home")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(home: Home, clock: FakeClock) -> Iterator[Store]:
    opened = open_store(home, "default", clock)
    yield opened
    opened.close()
