"""The contract of `Reports`."""

from pathlib import Path

import pytest

from oncetui.model.problem import ProblemError
from tests.contracts.conftest import Ports


class TestReports:
    def test_each_report_is_a_new_file(self, store: Ports) -> None:
        assert store.reports.save("first") != store.reports.save("second")

    def test_a_named_path_is_never_overwritten(self, store: Ports, tmp_path: Path) -> None:
        path = tmp_path / "for-it.txt"
        assert store.reports.save("first", path) == path
        with pytest.raises(ProblemError) as caught:
            store.reports.save("second", path)
        assert caught.value.problem.code == "folder-not-writable"

    def test_erasing_leaves_what_was_named(self, store: Ports, tmp_path: Path) -> None:
        path = store.reports.save("mine", tmp_path / "mine.txt")
        ours = store.reports.save("ours")
        store.reports.erase()
        assert store.reports.save("again") == ours
        with pytest.raises(ProblemError):
            store.reports.save("mine", path)
