from dataclasses import replace

import pytest

from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.exchange import CALENDAR_MISSING, MAILBOX_DENIED, MAILBOX_UNKNOWN
from oncetui.model.problems.local import KEYRING_ABSENT
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.setup.answers import Answers
from oncetui.setup.summary import Summary
from oncetui.setup.unattended import Wishes, checked_answers, connect
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.setup.wizard import ANNA, EWS_URL, NOTHING, NTLM, OUTSIDE, PASSWORD, WINDOWS_NAME, Wizard


def run(
    wizard: Wizard, answers: Answers | None = None, password: str = PASSWORD, wishes: Wishes | None = None
) -> Summary:
    return connect(
        answers or Answers(ANNA),
        Secret(password),
        wishes or Wishes(),
        profile=wizard.profile,
        cancellation=wizard.cancellation,
    )


def fails(wizard: Wizard, answers: Answers | None = None, password: str = PASSWORD) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        run(wizard, answers, password)
    assert wizard.store.settings.load() is None
    assert wizard.store.connection.load().state is State.NOT_CONNECTED
    return caught.value


def test_email_and_password_are_enough_where_the_server_is_found() -> None:
    wizard = Wizard()
    summary = run(wizard)
    assert wizard.store.connection.load().state is State.CONNECTED
    assert summary.main == "Calendar"
    assert all(gateway.closed for gateway in wizard.opener.gateways)


def test_the_problem_names_the_field_that_is_needed() -> None:
    assert fails(Wizard(NOTHING)).problem.fields == ("ews_url",)
    assert fails(Wizard(accepts=WINDOWS_NAME)).problem.fields[0] == "username"
    assert fails(Wizard(), password="wrong").problem.fields
    assert fails(Wizard(OUTSIDE)).problem.fields[0] == "trust_host"
    assert fails(Wizard(), password="").problem.fields == ("password",)


def test_an_address_that_is_given_spares_the_search() -> None:
    wizard = Wizard(NOTHING)
    wizard.discovery.knows(NTLM)
    run(wizard, Answers(ANNA, ews_url=EWS_URL))
    assert wizard.discovery.searches == []


def test_one_run_is_one_sign_in() -> None:
    wizard = Wizard()
    fails(wizard, password="wrong")
    assert wizard.opener.refused == 1


def test_the_keyring_keeps_the_password_where_it_answers_else_the_file() -> None:
    with_keyring = Wizard()
    run(with_keyring)
    assert with_keyring.keyring.secret is not None
    without = Wizard()
    without.keyring.fails_with = KEYRING_ABSENT.problem()
    run(without)
    assert without.file.secret is not None


def test_a_keyring_that_was_wished_for_and_is_absent_ends_before_anything_is_sent() -> None:
    wizard = Wizard()
    wizard.keyring.fails_with = KEYRING_ABSENT.problem()
    with pytest.raises(ProblemError) as caught:
        run(wizard, wishes=Wishes(KeptIn.KEYRING))
    assert caught.value.problem.code == "keyring-absent"
    assert wizard.discovery.searches == []
    assert wizard.opener.sign_ins == []


def test_where_the_file_is_wished_for_no_keyring_is_asked() -> None:
    class OnlyByName(InMemorySecretPlaces):
        def usable(self) -> tuple[InMemorySecretStore, ...]:
            raise AssertionError("the places were asked whether they answer")

    wizard = Wizard()
    profile = replace(wizard.profile, secret_places=OnlyByName(wizard.keyring, wizard.file))
    connect(
        Answers(ANNA),
        Secret(PASSWORD),
        Wishes(KeptIn.FILE),
        profile=profile,
        cancellation=wizard.cancellation,
    )
    assert wizard.file.secret is not None


def test_the_same_mailbox_is_set_up_anew_and_another_is_refused() -> None:
    wizard = Wizard()
    run(wizard)
    run(wizard, wishes=Wishes(KeptIn.FILE, SyncMode.AUTO))
    settings = wizard.store.settings.load()
    assert settings is not None
    assert settings.kept_in is KeptIn.FILE
    with pytest.raises(ProblemError) as caught:
        run(wizard, Answers("ben@contoso.example"))
    assert caught.value.problem.code == "other-mailbox"
    assert wizard.opener.refused == 0
    assert all(gateway.closed for gateway in wizard.opener.gateways)


def test_another_address_of_the_same_mailbox_sets_it_up_anew_with_what_it_has() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    run(wizard, Answers(ANNA, username=WINDOWS_NAME), wishes=Wishes(KeptIn.FILE, SyncMode.AUTO))
    wizard.opener.main_addresses["sales@contoso.example"] = ANNA
    wizard.discovery.result = NOTHING
    wizard.discovery.knows(NTLM)

    run(wizard, Answers("sales@contoso.example"))

    settings = wizard.store.settings.load()
    assert settings is not None
    assert (settings.mailbox, settings.sign_in.username) == (ANNA, WINDOWS_NAME)
    assert (settings.kept_in, settings.sync_mode) == (KeptIn.FILE, SyncMode.AUTO)
    assert wizard.opener.refused == 0


def test_another_address_with_another_password_is_not_tried_on_the_mailbox_of_the_profile() -> None:
    wizard = Wizard()
    run(wizard)
    with pytest.raises(ProblemError) as caught:
        connect(
            Answers("ben@contoso.example"),
            Secret("another"),
            Wishes(),
            profile=wizard.profile,
            cancellation=wizard.cancellation,
        )
    assert caught.value.problem.code == "other-mailbox"
    assert wizard.opener.sign_ins == [ANNA]


def test_once_the_kept_password_was_refused_another_address_signs_in_as_it_is() -> None:
    wizard = Wizard()
    run(wizard)
    wizard.store.connection.change(lambda record: replace(record, refused_version=record.secret_version))
    wizard.opener.accepts = {("sales@contoso.example", PASSWORD)}
    wizard.opener.main_addresses["sales@contoso.example"] = ANNA

    run(wizard, Answers("sales@contoso.example"))

    settings = wizard.store.settings.load()
    assert settings is not None
    assert (settings.mailbox, settings.sign_in.username) == (ANNA, "sales@contoso.example")


@pytest.mark.parametrize(
    "cause", [MAILBOX_DENIED, CALENDAR_MISSING, MAILBOX_UNKNOWN], ids=lambda one: one.code
)
def test_a_mailbox_that_the_known_account_may_not_open_is_another_one(cause: Cause) -> None:
    wizard = Wizard()
    run(wizard)
    wizard.opener.problems = [ProblemError(cause.problem())]
    with pytest.raises(ProblemError) as caught:
        run(wizard, Answers("ben@contoso.example"))
    assert caught.value.problem.code == "other-mailbox"


def test_what_is_not_given_anew_stays_as_it_was() -> None:
    wizard = Wizard(NOTHING, accepts=WINDOWS_NAME)
    wizard.discovery.knows(NTLM)
    answers = Answers(ANNA, ews_url=EWS_URL, username=WINDOWS_NAME)
    run(wizard, answers, wishes=Wishes(KeptIn.FILE, SyncMode.AUTO))
    before = wizard.store.settings.load()
    run(wizard)
    after = wizard.store.settings.load()
    assert before is not None
    assert after is not None
    assert replace(after, secret_version="") == replace(before, secret_version="")
    assert wizard.opener.refused == 0


def test_a_server_that_was_found_is_found_again() -> None:
    wizard = Wizard()
    run(wizard)
    run(wizard)
    assert wizard.discovery.searches == [ANNA, ANNA]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"email": "anna"}, "email-spelling"),
        ({"email": ANNA, "ews_url": "a b"}, "ews-url-spelling"),
        ({"email": ANNA, "username": "contoso/anna"}, "user-name-spelling"),
    ],
)
def test_answers_that_cannot_be_right_are_told_in_a_sentence(given: dict[str, str], code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        checked_answers(given["email"], given.get("ews_url", ""), given.get("username", ""))
    assert caught.value.problem.code == code
    assert caught.value.problem.what.endswith(".") or "\\" in caught.value.problem.what


def test_answers_of_any_spelling_are_put_right() -> None:
    answers = checked_answers(
        " anna@Contoso.example ", "mail.contoso.example/owa", "", trusted=["Mail.Hoster.example."]
    )
    assert answers == Answers(ANNA, EWS_URL, "", frozenset({"mail.hoster.example"}))


def test_what_is_waited_for_is_told() -> None:
    wizard = Wizard()
    told: list[str] = []
    connect(
        Answers(ANNA),
        Secret(PASSWORD),
        Wishes(),
        profile=wizard.profile,
        cancellation=wizard.cancellation,
        told=told.append,
    )
    assert "autodiscover.contoso.example: Exchange 2019" in told
    assert f"Signing in to mail.contoso.example as {ANNA}" in told
    assert PASSWORD not in " ".join(told)


def test_a_second_run_keeps_a_refused_password_back_and_says_how_to_send_it() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    fails(wizard)
    again = fails(wizard)
    assert wizard.opener.refused == 1
    assert "--send-again" in again.problem.next
    wizard.opener.accepts = {(ANNA, PASSWORD)}
    run(wizard, wishes=Wishes(again=True))
    assert wizard.store.connection.load().state is State.CONNECTED


def test_a_third_password_is_sent_by_a_command_that_says_so() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    for password in ("one", "two", "three"):
        assert fails(wizard, password=password).secret_refused
