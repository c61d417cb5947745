import threading
from dataclasses import replace

from oncetui.model.state import ConnectionRecord, State
from oncetui.store.connection_records import KEPT_CHANGES
from oncetui.store.opening import Store

FLAPPING = (State.CONNECTED, State.INTERRUPTED)


def test_a_change_waits_for_the_one_under_way_and_sees_its_result(store: Store) -> None:
    second_reads = threading.Event()

    def count_second(record: ConnectionRecord) -> ConnectionRecord:
        second_reads.set()
        return replace(record, tries=record.tries + 1)

    second = threading.Thread(target=store.connection.change, args=(count_second,))

    def count_first(record: ConnectionRecord) -> ConnectionRecord:
        second.start()
        assert not second_reads.wait(0.2)
        return replace(record, tries=record.tries + 1)

    store.connection.change(count_first)
    second.join()

    assert store.connection.load().tries == 2


def test_the_log_keeps_its_newest_lines_and_grows_no_further(store: Store) -> None:
    for number in range(KEPT_CHANGES + 2):
        state = FLAPPING[number % 2]
        store.connection.change(lambda record, state=state: replace(record, state=state), str(number))  # type: ignore[misc]  # mypy can't infer it with a default

    lines = store.connection.history(limit=KEPT_CHANGES * 2)

    assert len(lines) == KEPT_CHANGES
    assert (lines[0].sentence, lines[-1].sentence) == (str(KEPT_CHANGES + 1), "2")


def test_a_change_that_changes_nothing_writes_nothing(store: Store) -> None:
    before = store.connection.version()

    store.connection.change(lambda record: record)

    assert store.connection.version() == before
