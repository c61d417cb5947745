import sqlite3

from oncetui.model.problems.sign_in import PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.store.home import Home
from oncetui.store.opening import Store, open_store
from oncetui.store.sign_in_memory import KEPT_REFUSALS
from tests.contracts.values import NINE
from tests.fakes.clock import FakeClock

ANNA = Attempted("anna@contoso.example", "mail.contoso.example", "anna")
CANARY = "Canary-7f3a"


def refused() -> Refusal:
    return Refusal(ANNA, NINE, PASSWORD_REFUSED.problem(username="anna"))


def test_a_restart_forgets_nothing(home: Home, store: Store) -> None:
    store.guard.note(refused(), Secret(CANARY))
    store.close()

    again = open_store(home, "default", FakeClock())
    try:
        assert again.guard.answer_to(ANNA, Secret(CANARY)) == refused().problem
        assert again.guard.refusals(ANNA.mailbox) == (refused(),)
    finally:
        again.close()


def test_the_password_is_in_no_file(home: Home, store: Store) -> None:
    store.guard.note(refused(), Secret(CANARY))

    assert not any(CANARY.encode() in path.read_bytes() for path in home.state.iterdir() if path.is_file())


def test_two_stores_have_two_salts_so_that_one_password_leaves_no_common_mark(
    home: Home, store: Store
) -> None:
    other = open_store(home, "other", FakeClock())
    marks = set()
    try:
        for name, one in (("default", store), ("other", other)):
            one.guard.note(refused(), Secret(CANARY))
            with sqlite3.connect(home.files_of(name).store) as connection:
                marks.add(connection.execute("SELECT fingerprint FROM refused_sign_ins").fetchone())
            connection.close()
    finally:
        other.close()
    assert len(marks) == 2


def test_only_the_newest_are_kept(store: Store) -> None:
    for _ in range(KEPT_REFUSALS + 3):
        store.guard.note(refused(), None)

    assert len(store.guard.refusals(ANNA.mailbox)) == KEPT_REFUSALS
