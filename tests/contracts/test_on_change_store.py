from tests.contracts.conftest import Ports
from tests.contracts.values import SETTINGS


class TestOnChangeStore:
    def test_without_a_command_nothing_is_to_be_run(self, store: Ports) -> None:
        on_change = store.on_change

        assert (on_change.command(), on_change.told(), on_change.failure()) == ((), frozenset(), None)

    def test_a_command_is_kept_as_its_words_and_taken_away_by_an_empty_one(self, store: Ports) -> None:
        on_change = store.on_change
        on_change.keep_command(("mail-us", "two words", 'a "quoted" \\ one'))
        assert on_change.command() == ("mail-us", "two words", 'a "quoted" \\ one')

        on_change.keep_command(())
        assert on_change.command() == ()

    def test_what_was_told_and_how_it_ended_are_kept_side_by_side(self, store: Ports) -> None:
        on_change = store.on_change
        on_change.note_told(frozenset({"page:intro", "warning:clock-wrong"}))
        on_change.note_failure("mail-us ended with exit code 1.")

        assert on_change.told() == {"page:intro", "warning:clock-wrong"}
        assert on_change.failure() == "mail-us ended with exit code 1."

        on_change.note_told(frozenset())
        on_change.note_failure(None)
        assert (on_change.told(), on_change.failure()) == (frozenset(), None)

    def test_another_command_begins_anew(self, store: Ports) -> None:
        on_change = store.on_change
        on_change.note_told(frozenset({"page:intro"}))
        on_change.note_failure("It failed.")

        on_change.keep_command(("mail-us",))

        assert (on_change.told(), on_change.failure()) == (frozenset(), None)

    def test_the_connection_and_the_command_leave_each_other_alone(self, store: Ports) -> None:
        settings = store.settings
        settings.save(SETTINGS)
        store.on_change.keep_command(("mail-us",))
        assert settings.load() == SETTINGS

        settings.erase()
        assert store.on_change.command() == ("mail-us",)
