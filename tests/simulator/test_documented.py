"""docs/simulator.md names everything that there is."""

from pathlib import Path

import pytest

from oncetui.simulator.faults.table import KINDS
from oncetui.simulator.operations import OPERATIONS
from oncetui.simulator.serve import SCENARIOS, scenario_named

PAGE = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_each_fault_has_its_row(name: str) -> None:
    assert f"\n| `{name}` |" in PAGE


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_is_named(name: str) -> None:
    assert name in PAGE


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_is_named_with_its_mailboxes_and_what_they_need(name: str) -> None:
    assert f"`{name}`" in PAGE
    for mailbox in scenario_named(name).mailboxes.values():
        (told,) = (line for line in PAGE.splitlines() if f"`{mailbox.email}`" in line)
        assert all(f"`{need}`" in PAGE for need in mailbox.needs)
        assert all(f"`{need}`" in told for need in mailbox.needs if name == "default")
        assert all(scheme in told.lower() for scheme in mailbox.schemes)
