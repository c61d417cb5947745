"""What holds for every test."""

import pytest
from hypothesis import HealthCheck, settings

# Two loaded cores make single examples slow; that says nothing about the rule under test.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

_LONGEST = ("e2e", "soak")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the folders that take longest go first, so that no worker is left alone with them in the end."""
    items.sort(key=lambda item: item.path.parent.name not in _LONGEST)
