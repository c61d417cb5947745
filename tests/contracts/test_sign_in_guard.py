from datetime import timedelta

from oncetui.model.problems.sign_in import ACCOUNT_LOCKED, PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from tests.contracts.conftest import Ports
from tests.contracts.values import NINE

ANNA = Attempted("anna@contoso.example", "mail.contoso.example", "CONTOSO\\anna")
WRONG, RIGHT = Secret("wrong"), Secret("right")
REFUSED = PASSWORD_REFUSED.problem(username="CONTOSO\\anna")


class TestSignInGuard:
    def test_a_refusal_of_a_generation_that_is_over_leaves_no_trace(self, store: Ports) -> None:
        generation = store.connection.load().generation

        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG, generation + 1)
        assert store.guard.refusals(ANNA.mailbox) == ()

        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG, generation)
        assert len(store.guard.refusals(ANNA.mailbox)) == 1

    def test_a_sign_in_that_was_begun_counts_until_it_is_ended_and_keeps_no_secret_back(
        self, store: Ports
    ) -> None:
        generation = store.connection.load().generation
        died = store.guard.begin(ANNA, NINE, generation)
        ended = store.guard.begin(ANNA, NINE + timedelta(minutes=1), generation)
        assert died is not None
        assert ended is not None

        store.guard.end(ended)

        (left,) = store.guard.refusals(ANNA.mailbox)
        assert (left.problem.code, left.at, left.counts) == ("sign-in-unanswered", NINE, True)
        assert store.guard.answer_to(ANNA, RIGHT) is None
        store.guard.accepted(ANNA, RIGHT)
        assert not any(one.counts for one in store.guard.refusals(ANNA.mailbox))

    def test_no_sign_in_is_begun_in_a_generation_that_is_over(self, store: Ports) -> None:
        generation = store.connection.load().generation

        assert store.guard.begin(ANNA, NINE, generation + 1) is None
        assert store.guard.refusals(ANNA.mailbox) == ()

    def test_what_was_refused_is_answered_and_nothing_else_is(self, store: Ports) -> None:
        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG)

        assert store.guard.answer_to(ANNA, WRONG) == REFUSED
        assert store.guard.answer_to(ANNA, RIGHT) is None
        assert store.guard.answer_to(Attempted(ANNA.mailbox, ANNA.host, "anna"), WRONG) is None
        assert store.guard.answer_to(Attempted(ANNA.mailbox, "other.example", ANNA.username), WRONG) is None

    def test_upper_and_lower_case_of_names_mean_the_same(self, store: Ports) -> None:
        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG)

        shouted = Attempted("ANNA@contoso.example", "MAIL.contoso.example", "contoso\\ANNA")
        assert store.guard.answer_to(shouted, WRONG) == REFUSED
        assert len(store.guard.refusals("Anna@Contoso.Example")) == 1

    def test_several_refused_secrets_are_all_remembered(self, store: Ports) -> None:
        for number, text in enumerate(("one", "two")):
            store.guard.note(Refusal(ANNA, NINE + timedelta(minutes=number), REFUSED), Secret(text))

        assert store.guard.answer_to(ANNA, Secret("one")) == REFUSED
        assert store.guard.answer_to(ANNA, Secret("two")) == REFUSED
        assert [one.at for one in store.guard.refusals(ANNA.mailbox)] == [NINE, NINE + timedelta(minutes=1)]

    def test_a_refusal_that_is_not_about_the_secret_counts_and_keeps_none_back(self, store: Ports) -> None:
        locked = ACCOUNT_LOCKED.problem(username=ANNA.username)
        store.guard.note(Refusal(ANNA, NINE, locked), None)

        assert store.guard.answer_to(ANNA, WRONG) is None
        assert [one.problem for one in store.guard.refusals(ANNA.mailbox)] == [locked]

    def test_a_success_ends_the_count_and_keeps_other_refused_secrets_in_mind(self, store: Ports) -> None:
        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG)
        store.guard.note(Refusal(ANNA, NINE, REFUSED), RIGHT)

        store.guard.accepted(ANNA, RIGHT)

        assert not any(one.counts for one in store.guard.refusals(ANNA.mailbox))
        assert store.guard.answer_to(ANNA, RIGHT) is None
        assert store.guard.answer_to(ANNA, WRONG) == REFUSED

    def test_refusals_of_another_mailbox_are_not_touched_by_a_success(self, store: Ports) -> None:
        carla = Attempted("carla@contoso.example", ANNA.host, "carla")
        store.guard.note(Refusal(carla, NINE, REFUSED), WRONG)

        store.guard.accepted(ANNA, RIGHT)

        assert [one.counts for one in store.guard.refusals(carla.mailbox)] == [True]

    def test_one_has_the_turn_at_a_time(self, store: Ports) -> None:
        held = store.guard.turn()
        assert held is not None
        with held:
            assert store.guard.turn() is None
        again = store.guard.turn()
        assert again is not None
        with again:
            pass

    def test_erasing_takes_what_was_refused(self, store: Ports) -> None:
        store.guard.note(Refusal(ANNA, NINE, REFUSED), WRONG)

        store.eraser.erase(NINE)

        assert store.guard.refusals(ANNA.mailbox) == ()
        assert store.guard.answer_to(ANNA, WRONG) is None
