from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.state import ConnectionRecord, State
from tests.contracts.conftest import Ports
from tests.contracts.values import HOUR, NINE, records

CONNECTED = ConnectionRecord(State.CONNECTED, NINE, last_success=NINE, secret_version="v1")
INTERRUPTED = ConnectionRecord(
    State.INTERRUPTED, NINE + HOUR, problem=NO_ANSWER.problem(host="mail.contoso.example"), tries=3
)


class TestConnectionStore:
    def test_a_new_profile_is_not_connected(self, store: Ports) -> None:
        assert store.connection.load() == ConnectionRecord(State.NOT_CONNECTED, NINE)

    def test_a_change_sees_what_is_kept_and_its_result_is_kept(self, store: Ports) -> None:
        store.connection.change(lambda _: CONNECTED)

        changed = store.connection.change(lambda record: replace(record, tries=record.tries + 1))

        assert changed == replace(CONNECTED, tries=1)
        assert store.connection.load() == changed

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(record=records)
    def test_every_record_comes_back_as_it_was(self, store: Ports, record: ConnectionRecord) -> None:
        store.connection.change(lambda _: record)

        assert store.connection.load() == record

    def test_a_change_that_fails_changes_nothing(self, store: Ports) -> None:
        store.connection.change(lambda _: CONNECTED)

        with pytest.raises(ZeroDivisionError):
            store.connection.change(lambda record: replace(record, tries=1 // 0))

        assert store.connection.load() == CONNECTED

    def test_changes_of_state_are_logged_newest_first_with_their_sentences(self, store: Ports) -> None:
        store.connection.change(lambda _: CONNECTED, "Connected.")
        store.connection.change(lambda record: replace(record, tries=1), "Not a change of state.")
        store.connection.change(lambda _: INTERRUPTED, "No answer.")

        told = [(line.at, line.state, line.sentence) for line in store.connection.history()]

        assert told == [(NINE + HOUR, "interrupted", "No answer."), (NINE, "connected", "Connected.")]
        assert len(store.connection.history(limit=1)) == 1

    def test_an_attempt_shows_until_its_deadline(self, store: Ports) -> None:
        assert not store.connection.attempting(NINE)

        store.connection.begin_attempt(NINE + ATTEMPT_AT_MOST / 2)
        store.connection.begin_attempt(NINE + ATTEMPT_AT_MOST)

        assert store.connection.attempting(NINE + ATTEMPT_AT_MOST / 2)
        assert not store.connection.attempting(NINE + ATTEMPT_AT_MOST)

    def test_an_attempt_whose_process_died_before_the_clock_was_put_back_shows_no_more(
        self, store: Ports
    ) -> None:
        store.connection.begin_attempt(NINE + ATTEMPT_AT_MOST)

        assert not store.connection.attempting(NINE - HOUR)

    def test_an_attempt_that_ended_shows_no_more(self, store: Ports) -> None:
        store.connection.begin_attempt(NINE + ATTEMPT_AT_MOST)
        store.connection.end_attempt()

        assert not store.connection.attempting(NINE)

    def test_the_version_changes_with_every_write_and_with_nothing_else(self, store: Ports) -> None:
        seen = [store.connection.version()]

        store.connection.change(lambda _: CONNECTED)
        seen.append(store.connection.version())
        store.commands.ask("check", NINE)
        seen.append(store.connection.version())
        store.busy.note_calendars([], CONNECTED.generation)
        store.connection.begin_attempt(NINE)
        seen.append(store.connection.version())
        store.connection.load()
        store.connection.history()
        store.busy.calendars()

        assert len(set(seen)) == len(seen)
        assert store.connection.version() == seen[-1]
