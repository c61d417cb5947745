"""What docs/simulator.md says is what there is."""

import re
from pathlib import Path

import pytest

from oncetui.simulator.faults.table import KINDS, called, documented
from oncetui.simulator.operations import OPERATIONS
from oncetui.simulator.scenario_choice import SCENARIOS, scenario_named
from oncetui.simulator.serve import start

PAGE = Path(__file__).parents[2] / "docs/simulator.md"


def test_the_table_of_faults_is_the_one_in_the_code() -> None:
    found = re.search(r"<!-- faults -->\n(.*)<!-- end of faults -->", PAGE.read_text(), re.DOTALL)
    assert found is not None
    assert found[1] == documented(), "put oncetui.simulator.faults.table.documented() between the marks"


def test_every_fault_says_how_it_is_called_and_what_happens() -> None:
    for name, kind in KINDS.items():
        call, meaning = called(kind)
        assert re.fullmatch(r"[a-z0-9.-]+ \{.*\}", call), name
        assert meaning, name


def test_every_fault_is_seen_on_the_wire_by_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    unseen = [name for name in KINDS if f'"{name}"' not in tests and f"/faults/{name}" not in tests]
    assert unseen == []


def test_the_scenario_of_the_page_can_be_started(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    path = tmp_path / "woodgrove.toml"
    path.write_text(block[1])
    with start(path) as simulator:
        assert [box["email"] for box in simulator.ready["mailboxes"]] == ["ida@woodgrove.example"]
        ida = simulator.exchange.mailboxes["ida@woodgrove.example"]
        folders = ida.folders
        assert ida.password_expires is not None
        assert {folder.name: len(folder.items) for folder in folders.calendars()} == {
            "Calendar": 1,
            "Team": 0,
        }


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_is_named(name: str) -> None:
    assert name in PAGE.read_text()


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_is_named_with_its_mailboxes_and_what_they_need(name: str) -> None:
    page = PAGE.read_text()
    assert f"`{name}`" in page
    for mailbox in scenario_named(name).mailboxes.values():
        (told,) = (line for line in page.splitlines() if f"`{mailbox.email}`" in line)
        assert all(f"`{need}`" in page for need in mailbox.needs)
        assert all(f"`{need}`" in told for need in mailbox.needs if name == "default")
        assert all(scheme in told.lower() for scheme in mailbox.schemes)
