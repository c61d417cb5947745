import sqlite3

from oncetui.model.calendars import FoundCalendar
from oncetui.store.home import Home
from oncetui.store.opening import Store
from tests.contracts.values import NINE, busy, reading

TELLING = (b"Salary talks", b"telling-key", b"telling-item", b"telling-cursor", b"telling@contoso.example")


def fill(store: Store) -> None:
    calendar = FoundCalendar("telling-key", "Salary talks", writable=True, owner="telling@contoso.example")
    store.busy.note_calendars([calendar], 1)
    blocks = [busy(f"telling-item-{number}", NINE) for number in range(2000)]
    store.busy.take_reading("c1", reading(*blocks, cursor="telling-cursor" * 1000), 1)


def found_in(home: Home) -> set[bytes]:
    content = b"".join(path.read_bytes() for path in home.state.iterdir())
    return {word for word in TELLING if word in content}


def test_what_is_erased_is_in_no_file_any_more(home: Home, store: Store) -> None:
    fill(store)
    assert found_in(home) == set(TELLING)

    assert store.eraser.erase(NINE)

    assert found_in(home) == set()


def test_a_reader_that_keeps_a_copy_is_told_and_erasing_again_takes_it(home: Home, store: Store) -> None:
    fill(store)
    reader = sqlite3.connect(home.files_of("default").store, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM calendars").fetchone()

    assert not store.eraser.erase(NINE)
    assert store.busy.calendars() == ()
    reader.close()

    assert store.eraser.erase(NINE)
    assert found_in(home) == set()
