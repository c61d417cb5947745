"""The secret's way to the server: when it may be sent, and what a refusal means."""

import contextlib
import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from oncetui.connector.checking import GenerationOverError
from oncetui.connector.deciding import Work
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import ConnectionSettings
from oncetui.model.ports import CalendarGateway, unheard
from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import (
    ACCOUNT_LOCKED,
    NO_SCHEME,
    PASSWORD_CHANGED,
    PASSWORD_REFUSED,
    SECRET_REFUSED_BEFORE,
    SIGN_IN_UNANSWERED,
    USER_NAME_FORM,
)
from oncetui.model.profile import Profile
from oncetui.model.routes import route_to_server
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal, lock_out_risk
from oncetui.model.spelling import host_of
from oncetui.model.state import ConnectionRecord
from oncetui.model.user_names import no_scheme_for_us

# With a name form that worked before, a server that now seems to want another one refuses the password.
_REFUSALS = (PASSWORD_REFUSED.code, USER_NAME_FORM.code)


def routed(profile: Profile, settings: ConnectionSettings) -> ConnectionSettings:
    """Return the settings with the way to the server that holds for this run.

    Raises `ProblemError` where the kept password of a proxy can't be read.
    """
    return replace(settings, route=route_to_server(profile, settings))


def kept_secret(
    profile: Profile, settings: ConnectionSettings, record: ConnectionRecord, *, again: bool = False
) -> Secret:
    """Return the kept secret; raise `ProblemError` where it was refused before or can't be read.

    With `again` one that was refused is returned all the same.
    """
    if settings.secret_version == record.refused_version and not again:
        raise ProblemError(SECRET_REFUSED_BEFORE.problem(mailbox=settings.mailbox))
    return profile.secret_places.place(settings.kept_in).load()


def refuse_the_refused(
    profile: Profile, settings: ConnectionSettings, record: ConnectionRecord, secret: Secret
) -> None:
    """Raise `ProblemError` where this sign-in was refused before, by whichever process."""
    known = profile.guard.answer_to(attempted(settings), secret) is not None
    if known or _is_the_refused(profile, settings, record, secret):
        raise ProblemError(SECRET_REFUSED_BEFORE.problem(mailbox=settings.mailbox))


def _is_the_refused(
    profile: Profile, settings: ConnectionSettings, record: ConnectionRecord, secret: Secret
) -> bool:
    """Tell whether it is the kept secret, unchanged in user name and server, which was refused."""
    saved = profile.settings.load()
    if saved is None or saved.secret_version != record.refused_version:
        return False
    if saved.kept_in.filled_elsewhere:
        return False  # it may have been changed there: only the memory of what was refused can tell
    if attempted(saved) != attempted(settings):
        return False
    try:
        return secret == profile.secret_places.place(saved.kept_in).load()
    except ProblemError:
        return False  # there is nothing to compare it with, so it counts as a new one


def attempted(settings: ConnectionSettings) -> Attempted:
    """Return whom a sign-in with these settings names."""
    return Attempted(settings.mailbox, host_of(settings.ews_url), settings.sign_in.username)


def remember_refusal(
    profile: Profile,
    settings: ConnectionSettings,
    error: ProblemError,
    secret: Secret | None = None,
    *,
    generation: int,
) -> None:
    """Remember for every process that the server refused the secret; without one it is the kept one.

    After a Disconnect, which ends the generation, nothing is remembered.
    """
    if secret is None and error.secret_refused:
        # One that can't be read any more can't be sent again either.
        with contextlib.suppress(ProblemError):
            secret = profile.secret_places.place(settings.kept_in).load()
    remember_attempt(profile, attempted(settings), error, secret, generation)


def remember_attempt(
    profile: Profile,
    attempted: Attempted,
    error: ProblemError,
    secret: Secret | None,
    generation: int | None = None,
) -> None:
    """Remember a refused sign-in; one that was refused otherwise is not remembered.

    A locked account says nothing of the secret, but comes of too many refusals (`diagnosis` 41).
    """
    locked = error.problem.code == ACCOUNT_LOCKED.code
    if error.secret_refused or locked:
        refusal = Refusal(attempted, profile.clock.now(), error.problem)
        profile.guard.note(refusal, None if locked else secret, generation)


def ask_without_credentials(
    profile: Profile, work: Work, settings: ConnectionSettings, cancellation: Cancellation
) -> None:
    """Ask what the state wants to know before the secret goes to the server.

    Raises `ProblemError` where the server can't be reached, or no longer offers the scheme that worked.
    """
    route = routed(profile, settings).route
    if work is Work.REACH_THEN_CHECK:
        profile.opener.reach(settings.ews_url, route, cancellation)
        return
    probe = profile.discovery.probe(settings.ews_url, route, cancellation)
    if settings.sign_in.scheme not in probe.schemes:
        raise ProblemError(no_scheme_for_us(probe))


def sign_in_once(
    profile: Profile,
    settings: ConnectionSettings,
    secret: Secret,
    cancellation: Cancellation,
    refused: Callable[[], None] = unheard,
) -> CalendarGateway:
    """Sign in with one attempt along this run's way to the server; `refused` is the opener's."""
    return profile.opener.open(routed(profile, settings).access, secret, cancellation, refused)


@contextlib.contextmanager
def journalled(profile: Profile, settings: ConnectionSettings, generation: int) -> Iterator[None]:
    """Note the sign-in of this block before it is sent, and that it ended once it has.

    What came of a sign-in whose process died nobody knows: it may have been refused. Another one is sent all
    the same, so that a computer that lost its power goes on by itself, but none after two of them, which a
    process that dies of a refusal would otherwise repeat until the account is locked. Nor is any where the
    store can't be written, which could not keep a refusal either. Raises `ProblemError` then, and
    `GenerationOverError` after a Disconnect.
    """
    whom, now = attempted(settings), profile.clock.now()
    known = profile.guard.refusals(whom.mailbox)
    risk = lock_out_risk((one for one in known if one.problem.code == SIGN_IN_UNANSWERED.code), now)
    if risk is not None and risk.is_near:
        held_back = SIGN_IN_UNANSWERED.problem(username=whom.username)
        raise ProblemError(held_back, retry_after=math.ceil((risk.safe_at - now).total_seconds()))
    number = profile.guard.begin(whom, now, generation)
    if number is None:
        raise GenerationOverError
    try:
        yield
    except (ProblemError, CancelledByUserError):
        # What went wrong is told; one that can't be noted as ended counts as unanswered.
        with contextlib.suppress(ProblemError):
            profile.guard.end(number)
        raise
    profile.guard.end(number)


def after_a_refusal(
    profile: Profile,
    settings: ConnectionSettings,
    error: ProblemError,
    cancellation: Cancellation,
    *,
    doubted: bool = False,
) -> ProblemError:
    """Ask once without credentials what a refusal of a secret that worked before means.

    A server that names its schemes as before does refuse the secret. One that names none, or an answer with
    a proxy's marks where none was set, says nothing of it and is a temporary fault (`diagnosis` 45). Where
    nothing answers the refusal stands, and so does one that was `doubted` before this attempt, since another
    could lock the account. A refusal that is told with its cause, such as a locked account, needs no
    question.
    """
    if not error.secret_refused or error.problem.code not in _REFUSALS:
        return error
    if doubted:
        return of_a_kept_secret(error)
    try:
        route = routed(profile, settings).route
        probe = profile.discovery.probe(settings.ews_url, route, cancellation)
    except ProblemError as told:
        return told if told.problem.code == NO_SCHEME.code else of_a_kept_secret(error)
    if (probe.via_proxy and route.proxy is None) or not probe.offered:
        return ProblemError(NO_SCHEME.problem(host=host_of(settings.ews_url)), retry_after=error.retry_after)
    return of_a_kept_secret(error)


def of_a_kept_secret(error: ProblemError) -> ProblemError:
    """Say of a secret that worked before that it probably was changed; a better-known cause stays."""
    if error.problem.code not in _REFUSALS:
        return error
    problem = PASSWORD_CHANGED.problem(**dict(error.problem.evidence))
    return ProblemError(problem, retry_after=error.retry_after, secret_refused=True)
