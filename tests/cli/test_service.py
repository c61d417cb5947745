import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from oncetui.cli.service_unit import ServicePlan, folders_told, unit_text
from oncetui.model.connection import KeptIn
from oncetui.model.profile import Profile
from tests.cli.homes import CommandLine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd runs on Linux")
PLAN = ServicePlan("default", ("/opt/oncetui/bin/python", "-m", "oncetui"))


@pytest.fixture(autouse=True)
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's units."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return tmp_path / "xdg" / "systemd" / "user"


def lines(plan: ServicePlan = PLAN) -> list[str]:
    return unit_text(plan).splitlines()


def test_it_is_told_of_start_and_life_and_never_tries_what_waits_for_a_person() -> None:
    unit = lines()

    assert 'ExecStart="/opt/oncetui/bin/python" "-m" "oncetui" "--profile" "default" "run"' in unit
    assert {"Type=notify", "WatchdogSec=180", "Restart=on-failure"} <= set(unit)
    assert "RestartPreventExitStatus=2 4 5" in unit


def test_home_profile_and_folders_are_kept() -> None:
    told = replace(PLAN, profile="sales", home=Path("/srv/50% of $it"), folders=(("XDG_STATE_HOME", "/s t"),))

    unit = lines(told)

    assert '"--home" "/srv/50%% of $$it" "--profile" "sales" "run"' in "\n".join(unit)
    assert 'Environment="XDG_STATE_HOME=/s t"' in unit
    assert folders_told({"XDG_CONFIG_HOME": "/c", "HOME": "/h"}) == (("XDG_CONFIG_HOME", "/c"),)


def test_homes_of_one_profile_have_units_of_their_own() -> None:
    names = {replace(PLAN, home=home).name for home in (None, Path("/srv/a"), Path("/srv/b"))}

    assert len(names) == 3
    assert "oncetui@default.service" in names


@pytest.mark.parametrize(
    ("encrypted", "option"), [(False, "LoadCredential"), (True, "LoadCredentialEncrypted")]
)
def test_the_password_comes_as_a_credential(encrypted: bool, option: str) -> None:
    unit = lines(replace(PLAN, credential=Path("/srv/p"), encrypted=encrypted))

    assert f"{option}=oncetui-default:/srv/p" in unit


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    plan = replace(
        PLAN, program=(sys.executable, "-m", "oncetui"), home=tmp_path / "a home", credential=tmp_path / "p"
    )
    unit = tmp_path / plan.name
    unit.write_text(unit_text(plan))

    checked = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)],
        capture_output=True,
        text=True,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        timeout=30,
        check=False,
    )

    complaints = [line for line in checked.stderr.splitlines() if unit.name in line]
    if not complaints and checked.returncode:
        pytest.skip(f"systemd-analyze can't verify here: {checked.stderr[:200]}")
    assert complaints == []


def test_install_writes_the_unit_and_says_what_to_run(oncetui: CommandLine, units: Path) -> None:
    oncetui.connect()

    answer = oncetui("service", "install")

    (unit,) = units.iterdir()
    assert answer.code == 0
    assert f'"--home" "{oncetui.home}"' in unit.read_text()
    assert f"systemctl --user enable {unit.name}" in answer.out
    assert "loginctl enable-linger" in answer.out
    assert oncetui("service", "install").code == 0


def test_a_dry_run_prints_the_unit_and_writes_nothing(oncetui: CommandLine, units: Path) -> None:
    answer = oncetui("service", "install", "--dry-run")

    assert "[Service]" in answer.out
    assert not units.exists()


def test_what_is_left_to_do_is_told(oncetui: CommandLine) -> None:
    assert "isn't connected yet" in oncetui("service", "install").err


def test_a_unit_of_somebody_else_is_left_alone(oncetui: CommandLine, units: Path) -> None:
    oncetui("service", "install")
    (unit,) = units.iterdir()
    unit.write_text("[Service]\nExecStart=/bin/true\n")

    for doing in ("install", "remove"):
        assert oncetui("service", doing).code == 2
    assert unit.read_text().startswith("[Service]")


def test_remove_takes_the_unit_and_its_link_away(oncetui: CommandLine, units: Path) -> None:
    oncetui("service", "install")
    (unit,) = units.iterdir()
    (units / "default.target.wants").mkdir()
    (units / "default.target.wants" / unit.name).symlink_to(unit)
    assert "would be removed" in oncetui("service", "remove", "--dry-run").out
    assert unit.exists()

    answer = oncetui("service", "remove")

    assert f"systemctl --user stop {unit.name}" in answer.out
    assert not [path for path in units.rglob("*") if path.is_file() or path.is_symlink()]
    assert "nothing to remove" in oncetui("service", "remove").out


def test_a_password_kept_by_systemd_needs_its_file(oncetui: CommandLine, units: Path) -> None:
    def keep_in_systemd(profile: Profile) -> None:
        kept = profile.settings.load()
        assert kept is not None
        profile.settings.save(replace(kept, kept_in=KeptIn.SYSTEMD))

    oncetui.connect()
    assert oncetui("service", "install", "--credential", "p").code == 2
    oncetui.profile(keep_in_systemd)

    assert "--credential" in oncetui("service", "install").err
    assert oncetui("service", "install", "--credential", "p").code == 0
    (unit,) = units.iterdir()
    assert f"LoadCredential=oncetui-default:{Path('p').absolute()}" in unit.read_text()


def test_a_passphrase_is_handed_to_the_service_in_the_same_way(oncetui: CommandLine, units: Path) -> None:
    def seal(profile: Profile) -> None:
        kept = profile.settings.load()
        assert kept is not None
        profile.settings.save(replace(kept, kept_in=KeptIn.PASSPHRASE))

    oncetui.connect()
    oncetui.profile(seal)

    assert "holds it, in no backup" in oncetui("service", "install").err
    assert oncetui("service", "install", "--credential", "p").code == 0
    (unit,) = units.iterdir()
    assert "LoadCredential=oncetui-default:" in unit.read_text()
