import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from oncetui.model.problem import ProblemError
from oncetui.store.whole_files import create_file, remove_file, replace_file


def test_a_replaced_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)

    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_created_file_leaves_one_that_is_there_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"

    create_file(path, b"first")
    create_file(path, b"second")

    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_may_be_removed_twice(tmp_path: Path) -> None:
    replace_file(tmp_path / "file", b"")

    remove_file(tmp_path / "file")
    remove_file(tmp_path / "file")

    assert list(tmp_path.iterdir()) == []


def test_what_cant_be_written_is_a_problem_of_the_catalogue(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        replace_file(tmp_path / "missing" / "file", b"new")

    assert caught.value.problem.code == "folder-not-writable"
    assert str(tmp_path / "missing" / "file") in caught.value.problem.what


def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()

    with pytest.raises(ProblemError):
        replace_file(path, b"new")

    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="killing a process outright needs POSIX")
def test_a_process_killed_while_writing_leaves_one_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    code = (
        "import sys, itertools; from pathlib import Path\n"
        "from oncetui.store.whole_files import replace_file\n"
        "for letter in itertools.cycle(b'ab'):\n"
        "    replace_file(Path(sys.argv[1]), bytes([letter]) * 500_000)\n"
        "    print('.', flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    with writer:
        for _ in range(5):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)

    content = path.read_bytes()

    assert len(content) == 500_000
    assert len(set(content)) == 1
