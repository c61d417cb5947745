"""A reception for each test of bookings."""

import pytest

from tests.connector.bookings.reception import Reception


@pytest.fixture
def reception() -> Reception:
    return Reception()
