"""Set-up that never asks: the search, one sign-in, and saving; what is missing is named by the problem."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import STRAIGHT, ConnectionSettings, KeptIn, NetworkRoute, SyncMode
from oncetui.model.discovering import SearchStep
from oncetui.model.lock_outs import OF_A_COMMAND
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.local import KEYRING_ABSENT
from oncetui.model.problems.sign_in import PASSWORD_REFUSED, USER_NAME_FORM
from oncetui.model.problems.typing import (
    EMAIL_SPELLING,
    EWS_URL_SPELLING,
    PASSWORD_MISSING,
    USER_NAME_SPELLING,
)
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.spelling import Spelling, email_spelling, ews_url_spelling, host_of, user_name_spelling
from oncetui.setup.answers import Answers, entered_before
from oncetui.setup.calendar_choice import opened_choice
from oncetui.setup.certificates import bound_to_shown
from oncetui.setup.finishing import finish
from oncetui.setup.signing_in import SignedIn, find_server, sign_in_once
from oncetui.setup.summary import Summary


@dataclass(frozen=True)
class Wishes:
    """What set-up is told beside the answers; None leaves it as it is, or takes the usual one.

    `again` sends a password that was refused before.
    """

    keep_in: KeptIn | None = None
    sync_mode: SyncMode | None = None
    again: bool = False


def checked_answers(
    email: str,
    ews_url: str = "",
    username: str = "",
    *,
    trusted: Iterable[str] = (),
    pins: tuple[str, ...] = (),
) -> Answers:
    """Return the answers as they will be used; raise `ProblemError` for the first that can't be right.

    `pins` are of 64 hexadecimal digits. One alone, with an EWS URL, is bound to that host; else each is bound
    where it is met.
    """
    meant_url = _meant(ews_url_spelling(ews_url), EWS_URL_SPELLING) if ews_url.strip() else ""
    return Answers(
        email=_meant(email_spelling(email), EMAIL_SPELLING),
        ews_url=meant_url,
        username=_meant(user_name_spelling(username), USER_NAME_SPELLING),
        consented=frozenset(host.strip().lower().rstrip(".") for host in trusted),
        pins=pins,
        route=NetworkRoute(pins=((host_of(meant_url), *pins),)) if meant_url and len(pins) == 1 else STRAIGHT,
    )


def connect(
    answers: Answers,
    secret: Secret,
    wishes: Wishes,
    *,
    profile: Profile,
    cancellation: Cancellation,
    told: Callable[[str], None] = lambda _sentence: None,
) -> Summary:
    """Search, sign in once, take the usual calendars and save; `told` gets a sentence for each wait.

    Of a connection that is there already, what isn't given stays. Raises `ProblemError` whose `fields` name
    what has to be given.
    """
    saved = profile.settings.load()
    if saved is not None:
        answers, wishes = _completed(answers, wishes, saved)
    secret = secret or told_elsewhere(profile, wishes.keep_in)
    if not secret:
        raise ProblemError(PASSWORD_MISSING.problem(mailbox=answers.email))
    keep_in = _place(profile, wishes.keep_in)
    signed_in = _signed_in_with_pin(answers, secret, profile, cancellation, told, again=wishes.again)
    try:
        pages, known = profile.pages.pages(), profile.busy.calendars()
        choice = opened_choice(signed_in.calendars, signed_in.access.mailbox, pages, known)
        return finish(
            signed_in,
            choice,
            secret,
            keep_in=keep_in,
            sync_mode=wishes.sync_mode or SyncMode.REAL_TIME,
            profile=profile,
            cancellation=cancellation,
        )
    finally:
        signed_in.gateway.close()


def told_elsewhere(profile: Profile, keep_in: KeptIn | None) -> Secret:
    """Return the password of a place that is only read, an empty one where it is kept by us.

    Raises `ProblemError` where it can't be read; it may take 30 s.
    """
    if keep_in is None or not keep_in.filled_elsewhere:
        return Secret("")
    return profile.secret_places.place(keep_in).load()


def _signed_in_with_pin(
    answers: Answers,
    secret: Secret,
    profile: Profile,
    cancellation: Cancellation,
    told: Callable[[str], None],
    *,
    again: bool,
) -> SignedIn:
    """Try once more for each host that shows the certificate of the pin; nothing was sent to it before."""
    while True:
        try:
            return _signed_in(answers, secret, profile, cancellation, told, again=again)
        except ProblemError as error:
            bound = bound_to_shown(answers, error.problem)
            if bound is None:
                raise
            answers = bound


def _signed_in(
    answers: Answers,
    secret: Secret,
    profile: Profile,
    cancellation: Cancellation,
    told: Callable[[str], None],
    *,
    again: bool,
) -> SignedIn:
    def step_told(step: SearchStep) -> None:
        if step.mark.is_final:
            told(f"{step.place}: {step.told}")

    search = (
        None
        if answers.ews_url
        else find_server(answers.email, profile, step_told, cancellation, answers.route)
    )
    try:
        return sign_in_once(
            answers,
            secret,
            search,
            insistence=replace(OF_A_COMMAND, again=again),
            profile=profile,
            cancellation=cancellation,
            told=told,
        )
    except ProblemError as error:
        raise _with_the_way_on(error) from error


def _with_the_way_on(error: ProblemError) -> ProblemError:
    """Say of a password that was kept back, since it was refused before, how to send it all the same."""
    problem = error.problem
    if error.secret_refused or problem.code not in (PASSWORD_REFUSED.code, USER_NAME_FORM.code):
        return error
    kept_back = "It was refused before and not sent again; --send-again sends it all the same."
    return ProblemError(replace(problem, next=f"{problem.next} {kept_back}"))


def _completed(answers: Answers, wishes: Wishes, saved: ConnectionSettings) -> tuple[Answers, Wishes]:
    """Fill what isn't given from the saved connection, of which another address may not be yet."""
    before = entered_before(saved)
    if before.email.lower() == answers.email.lower():
        answers = replace(
            answers,
            ews_url=answers.ews_url or before.ews_url,
            username=answers.username or before.username,
        )
    return answers, replace(
        wishes,
        keep_in=wishes.keep_in or saved.kept_in,
        sync_mode=wishes.sync_mode or saved.sync_mode,
    )


def _place(profile: Profile, wanted: KeptIn | None) -> KeptIn:
    """Return where to keep the password, before anything is sent: a place that doesn't answer ends here."""
    if wanted not in (None, KeptIn.KEYRING):
        return wanted  # the keyring, which may take seconds to answer, is asked only where it is to be used
    usable = tuple(store.kept_in for store in profile.secret_places.usable())
    if wanted is None:
        return KeptIn.KEYRING if KeptIn.KEYRING in usable else KeptIn.FILE
    if wanted not in usable:
        raise ProblemError(KEYRING_ABSENT.problem(reason="None of the known ones answers within 3 s."))
    return wanted


def _meant(spelt: Spelling, cause: Cause) -> str:
    if spelt.error is not None:
        raise ProblemError(cause.problem(sentence=spelt.error))
    return spelt.value
