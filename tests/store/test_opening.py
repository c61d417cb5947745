import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from oncetui.model.problem import Problem, ProblemError
from oncetui.store.home import Home
from oncetui.store.migrating import migrate
from oncetui.store.opening import Store, open_store
from oncetui.store.schema import REVISION, alembic_version
from tests.fakes.clock import FakeClock


def refused(home: Home) -> Problem:
    with pytest.raises(ProblemError) as caught:
        open_store(home, "default", FakeClock())
    return caught.value.problem


def shape(path: Path) -> dict[str, object]:
    """Return what tells two databases apart: columns, keys and indexes of each table, in whatever order."""
    with sqlite3.connect(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        told: dict[str, object] = {
            f"{table} {what}": sorted(
                tuple(map(str, row[1:])) for row in connection.execute(f"PRAGMA {what}({table})")
            )
            for table in tables
            for what in ("table_info", "foreign_key_list", "index_list")
            if table != "alembic_version"
        }
        text = "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE name != 'alembic_version'"
        told["without rowid"] = sorted(connection.execute(text).fetchall())
    connection.close()
    return told


def test_every_file_of_the_store_is_for_its_owner_alone(home: Home, store: Store) -> None:
    store.connection.begin_attempt(FakeClock().now())

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.state.iterdir()}

    assert modes == dict.fromkeys(("default.sqlite3", "default.sqlite3-wal", "default.sqlite3-shm"), 0o600)


def test_a_store_that_others_may_read_is_put_right(home: Home, store: Store) -> None:
    path = home.files_of("default").store
    path.chmod(0o644)

    open_store(home, "default", FakeClock()).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_kept_is_there_when_it_is_opened_again(home: Home, clock: FakeClock, store: Store) -> None:
    store.close()
    clock.advance(60)

    again = open_store(home, "default", clock)

    assert again.connection.load().since == FakeClock().now()
    again.close()


def test_profiles_are_kept_apart(home: Home, clock: FakeClock, store: Store) -> None:
    store.commands.ask("check", clock.now())
    other = open_store(home, "sales", clock)

    assert other.commands.waiting(clock.now()) == ()
    other.close()


def test_a_new_store_has_the_shape_that_the_migrations_lead_to(
    home: Home, store: Store, tmp_path: Path
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite3")
    with engine.begin() as connection:
        alembic_version.create(connection)
        migrate(connection, "base", tmp_path)
    engine.dispose()

    assert shape(tmp_path / "migrated.sqlite3") == shape(home.files_of("default").store)
    with sqlite3.connect(tmp_path / "migrated.sqlite3") as found:
        assert found.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISION,)]
    found.close()


def test_a_store_of_a_newer_version_is_left_untouched(home: Home, store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(update(alembic_version).values(version_num="9999"))
    store.close()
    path = home.files_of("default").store
    before = path.read_bytes()

    problem = refused(home)

    assert problem.code == "store-newer"
    assert str(path) in problem.what
    assert "9999" in problem.why
    assert path.read_bytes() == before


def test_a_file_that_is_no_store_is_told(home: Home) -> None:
    home.secure()
    home.files_of("default").store.write_bytes(b"this is no database at all, but long enough" * 40)

    problem = refused(home)

    assert problem.code == "store-unusable"
    assert "no database" in problem.what


def test_a_name_that_cant_be_a_profiles_makes_nothing(home: Home) -> None:
    with pytest.raises(ValueError, match="as in sales-team"):
        open_store(home, "../other", FakeClock())

    assert not home.config.exists()


def test_many_processes_may_open_a_new_store_at_once(home: Home) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from oncetui.store.home import locate_home\nfrom oncetui.store.opening import open_store\n"
        "from tests.fakes.clock import FakeClock\n"
        "from dataclasses import replace\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "store = open_store(locate_home(Path(sys.argv[1])), 'default', FakeClock())\n"
        "for _ in range(50): store.connection.change(lambda one: replace(one, tries=one.tries + 1))\n"
    )
    command = [sys.executable, "-c", code, str(home.root)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    with ThreadPoolExecutor(len(running)) as pool:
        errors = list(pool.map(lambda process: process.communicate("go\n", timeout=50)[1], running))

    assert errors == [""] * len(running)
    store = open_store(home, "default", FakeClock())
    assert store.connection.load().tries == 200
    store.close()


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("oncetui.store, oncetui.store.home, oncetui.store.settings_file", "sqlalchemy tomlkit platformdirs"),
        ("oncetui.store.opening", "alembic filelock tomlkit keyring"),
    ],
)
def test_importing_brings_no_more_than_is_needed(module: str, unwanted: str) -> None:
    code = f"import sys, {module}; print(*sorted(set('{unwanted}'.split()) & set(sys.modules)))"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == ""


def test_opening_a_store_that_is_current_imports_no_alembic(home: Home, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from oncetui.store.home import locate_home\nfrom oncetui.store.opening import open_store\n"
        "from tests.fakes.clock import FakeClock\n"
        "open_store(locate_home(Path(sys.argv[1])), 'default', FakeClock()).connection.load()\n"
        "print('alembic' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code, str(home.root)], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "False"
