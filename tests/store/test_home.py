import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from oncetui.model.problem import Problem, ProblemError
from oncetui.store.folder_safety import secure_folder
from oncetui.store.home import Home, checked_profile_name, locate_home

DISK = "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"


def refused(folder: Path, *, mounts: str = DISK, user: int | None = None) -> Problem:
    with pytest.raises(ProblemError) as caught:
        secure_folder(folder, mounts=mounts, user=user)
    return caught.value.problem


def mounted(point: Path, kind: str) -> str:
    escaped = str(point).replace(" ", "\\040")
    return f"{DISK}99 21 0:50 / {escaped} rw,relatime shared:5 - {kind} server:/homes rw\n"


def test_a_new_home_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    # A process of its own: the umask belongs to the whole process.
    code = (
        "import os, sys; from pathlib import Path; os.umask(0o277)\n"
        "from oncetui.store.home import locate_home; locate_home(Path(sys.argv[1])).secure()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "home")], check=True, timeout=30)

    for name in ("", "config", "state", "cache"):
        assert stat.S_IMODE((tmp_path / "home" / name).stat().st_mode) == 0o700


def test_a_home_may_be_secured_again(home: Home) -> None:
    home.secure()
    home.secure()

    assert home.config.is_dir()


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, mode: int
) -> None:
    folder = tmp_path / "my home"
    folder.mkdir()
    folder.chmod(mode)

    problem = refused(folder)

    assert problem.code == "home-refused"
    assert problem.next == f"chmod go-w '{folder}'"
    assert str(folder) in problem.what


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750])
def test_a_folder_that_others_may_only_read_is_taken(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(mode)

    secure_folder(folder, mounts=DISK)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, user=os.geteuid() + 1)

    assert f"belongs to user number {os.geteuid()}" in problem.what
    assert "--home DIR" in problem.next


def test_a_symbolic_link_is_refused_and_the_folder_behind_it_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    problem = refused(tmp_path / "link")

    assert "symbolic link" in problem.what
    assert problem.next.endswith(f"--home {tmp_path / 'real'}")


def test_a_link_that_leads_nowhere_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    assert "symbolic link" in refused(tmp_path / "link").what
    assert not (tmp_path / "nowhere").exists()


def test_a_home_that_is_a_link_is_seen_through_home_as_well(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with pytest.raises(ProblemError, match="home-refused"):
        locate_home(tmp_path / "link").secure()


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "a file and no folder" in refused(tmp_path / "file").what


def test_a_folder_that_cant_be_made_is_a_problem_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert refused(tmp_path / "file" / "home").code == "folder-not-writable"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_folder_on_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "on the net" / "home"

    problem = refused(folder, mounts=mounted(folder.parent, kind))

    assert f"network file system ({kind})" in problem.what


def test_a_local_disk_mounted_over_a_network_file_system_is_taken(tmp_path: Path) -> None:
    table = mounted(tmp_path, "nfs4") + f"100 99 8:1 / {tmp_path}/home rw - ext4 /dev/sda1 rw\n"

    secure_folder(tmp_path / "home", mounts=table)
    assert refused(tmp_path / "home-2", mounts=table).code == "home-refused"


def test_the_later_of_two_mounts_at_one_place_counts(tmp_path: Path) -> None:
    table = mounted(tmp_path, "nfs4") + f"100 99 8:1 / {tmp_path} rw - tmpfs tmpfs rw\n"

    secure_folder(tmp_path / "home", mounts=table)


def test_a_mount_table_that_isnt_one_stops_nothing(tmp_path: Path) -> None:
    secure_folder(tmp_path / "home", mounts="\n - \nnonsense\n1 2 - \n")


def test_the_home_that_is_told_goes_before_the_environment(tmp_path: Path) -> None:
    environment = {"ONCETUI_HOME": str(tmp_path / "environment")}

    assert locate_home(tmp_path / "told", environment).root == tmp_path / "told"
    assert locate_home(None, environment).config == tmp_path / "environment" / "config"


def test_without_either_the_systems_own_folders_are_taken() -> None:
    home = locate_home(None, {})

    assert home.root is None
    assert "oncetui" in str(home.config)


def test_the_secret_and_its_key_lie_in_different_folders(home: Home) -> None:
    files = home.files_of("default")

    assert files.secret.parent != files.key.parent
    assert len({files.settings, files.secret, files.key, files.store, files.lock, files.draft}) == 6


@pytest.mark.parametrize("name", ["default", "sales-team", "A1", "7"])
def test_letters_digits_and_hyphens_name_a_profile(name: str) -> None:
    assert checked_profile_name(name) == name


@pytest.mark.parametrize("name", ["", "-x", "a b", "../etc", "a.b", "münchen", "x" * 65, "a\n"])
def test_anything_else_is_refused_with_one_sentence_and_an_example(name: str) -> None:
    with pytest.raises(ValueError, match="as in sales-team"):
        checked_profile_name(name)


def test_the_installation_has_one_name_for_good(home: Home) -> None:
    home.secure()

    first = home.installation_id()

    assert len(first) == 16
    assert home.installation_id() == first
    assert stat.S_IMODE((home.state / "installation").stat().st_mode) == 0o600
