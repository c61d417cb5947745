from pathlib import Path

from oncetui.store.home import locate_home
from oncetui.store.report_files import ReportFiles


def test_reports_are_for_their_owner_and_only_the_last_few_stay(tmp_path: Path) -> None:
    home = locate_home(tmp_path / "home")
    home.secure()
    reports = ReportFiles(home.files_of("default"))
    written = [reports.save(f"report {number}") for number in range(7)]
    assert [path.exists() for path in written] == [False, False, True, True, True, True, True]
    assert written[-1].stat().st_mode & 0o777 == 0o600
    assert written[-1].read_text() == "report 6"
