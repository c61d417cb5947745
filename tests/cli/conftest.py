from pathlib import Path

import pytest

from tests.cli.homes import CommandLine


@pytest.fixture
def oncetui(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line with a home of its own."""

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return CommandLine(tmp_path / "home", read)
