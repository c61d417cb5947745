"""The one sign-in of a check: when there is none, and what its refusal means."""

from dataclasses import replace

from oncetui.connector.checkup.subject import Subject
from oncetui.connector.known_places import as_known
from oncetui.connector.signing_in import after_a_refusal, refuse_the_refused, remember_attempt
from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, SignIn
from oncetui.model.course import Notes, NotTriedError
from oncetui.model.discovering import FoundServer, ServerProbe, Signpost
from oncetui.model.other_addresses import told_of_filing
from oncetui.model.password_expiry import as_expired, expiry_warnings
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.problems.autodiscover import HOST_NEEDS_CONSENT
from oncetui.model.problems.sign_in import PASSWORD_REFUSED, SECRET_REFUSED_BEFORE, USER_NAME_FORM
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted
from oncetui.model.spelling import host_of, mail_domain
from oncetui.model.state import ConnectionRecord
from oncetui.model.status import utc_text
from oncetui.model.turns import turn_to_sign_in
from oncetui.model.user_names import of_a_proven_name, sign_in_for

NO_PASSWORD = "no password was given; add --password-stdin"  # noqa: S105  # a sentence about one
NOT_SIGNED_IN = "the sign-in was not tried"
REFUSED_BEFORE = "the password was refused before and is not sent again"


def signed_in(
    profile: Profile,
    subject: Subject,
    found: FoundServer | Signpost,
    probe: ServerProbe,
    *,
    notes: Notes,
    cancellation: Cancellation,
) -> CalendarGateway:
    """Sign in with one attempt that can be refused; whoever asks closes the gateway.

    Raises `NotTriedError` where nothing may be sent, and the `ProblemError` of the sign-in.
    """
    with turn_to_sign_in(profile, cancellation):
        secret = _secret(profile, subject, profile.connection.load())
        if found.outside is not None:
            needed = HOST_NEEDS_CONSENT.problem(host=found.outside, domain=mail_domain(subject.email))
            raise ProblemError(needed)
        sign_in = _sign_in(subject, probe)
        notes.note(scheme=str(sign_in.scheme).upper(), username=sign_in.username, form=str(sign_in.form))
        access = Access(subject.email, probe.url, sign_in, subject.route, probe.server)
        attempted = Attempted(subject.email, host_of(probe.url), sign_in.username)
        _keep_back_the_refused(profile, attempted, secret)
        try:
            gateway = _opened(profile, subject, found, access, secret, notes=notes, cancellation=cancellation)
        except ProblemError as error:
            told = _meaning(profile, subject, error, probe, cancellation)
            remember_attempt(profile, attempted, told, secret)
            raise told from error
        profile.guard.accepted(attempted, secret)
    notes.note(accepted=sign_in.username)
    with cancellation.waking(gateway.close):
        _note_expiry(profile, subject.email, gateway, notes)
    return gateway


def _opened(
    profile: Profile,
    subject: Subject,
    found: FoundServer | Signpost,
    access: Access,
    secret: Secret,
    *,
    notes: Notes,
    cancellation: Cancellation,
) -> CalendarGateway:
    if isinstance(found, Signpost):
        named = profile.discovery.ask(found, access, secret, cancellation)
        notes.note(named_by_autodiscover=named.ews_url)
        for warning in told_of_filing(subject.email, named.filed_under):
            notes.warn(warning.what)
        _refuse_outside(subject, named)
        access = replace(access, ews_url=named.ews_url)
    return profile.opener.open(access, secret, cancellation)


def _note_expiry(profile: Profile, mailbox: str, gateway: CalendarGateway, notes: Notes) -> None:
    try:
        expires = gateway.password_expires()
    except ProblemError:
        return  # it says nothing of the sign-in, which worked
    notes.note(password_good_until=None if expires is None else utc_text(expires))
    for warning in expiry_warnings(mailbox, expires, profile.clock.now(), profile.time_zone):
        notes.warn(warning.what)


def _keep_back_the_refused(profile: Profile, attempted: Attempted, secret: Secret) -> None:
    problem = profile.guard.answer_to(attempted, secret)
    if problem is not None:
        raise NotTriedError(REFUSED_BEFORE, problem, after=NOT_SIGNED_IN)


def _secret(profile: Profile, subject: Subject, record: ConnectionRecord) -> Secret:
    saved = subject.saved
    if saved is None:
        if subject.secret is None:
            raise NotTriedError(NO_PASSWORD, after=NOT_SIGNED_IN)
        return subject.secret
    if record.asked_to_wait(profile.clock.now()):
        raise NotTriedError("the server asked to be left alone for now", record.problem, after=NOT_SIGNED_IN)
    if subject.secret is not None:
        try:
            if subject.as_saved:
                refuse_the_refused(profile, saved, record, subject.secret)
        except ProblemError as error:
            raise NotTriedError(
                REFUSED_BEFORE, record.problem or error.problem, after=NOT_SIGNED_IN
            ) from error
        return subject.secret
    if saved.secret_version == record.refused_version:
        problem = record.problem or SECRET_REFUSED_BEFORE.problem(mailbox=saved.mailbox)
        raise NotTriedError(REFUSED_BEFORE, problem, after=NOT_SIGNED_IN)
    return profile.secret_places.place(saved.kept_in).load()


def _sign_in(subject: Subject, probe: ServerProbe) -> SignIn:
    saved = subject.saved
    if saved is not None and subject.as_saved and saved.sign_in.scheme in probe.schemes:
        return saved.sign_in
    typed = "" if subject.username.lower() == subject.email.lower() else subject.username
    return sign_in_for(subject.email, typed, probe)


def _refuse_outside(subject: Subject, named: FoundServer) -> None:
    if named.outside is not None:
        raise ProblemError(HOST_NEEDS_CONSENT.problem(host=named.outside, domain=mail_domain(subject.email)))


def _meaning(
    profile: Profile,
    subject: Subject,
    error: ProblemError,
    probe: ServerProbe,
    cancellation: Cancellation,
) -> ProblemError:
    """Tell a failure in the words that hold for what was tried: a kept secret, a typed one, a new mailbox."""
    saved = subject.saved
    if saved is None or not subject.as_saved:
        return _of_a_new_mailbox(error, probe)
    record, now = profile.connection.load(), profile.clock.now()
    if subject.secret is not None:
        return as_bridged(of_a_proven_name(error), record, now)
    meant = as_known(after_a_refusal(profile, saved, error, cancellation))
    told = as_expired(as_bridged(meant, record, now), record, now)
    if told.secret_refused:
        _never_again(profile, saved.secret_version)
    return told


def _of_a_new_mailbox(error: ProblemError, probe: ServerProbe) -> ProblemError:
    if error.problem.code != PASSWORD_REFUSED.code or probe.windows_domain is None:
        return error
    evidence = dict(error.problem.evidence)
    if "@" not in evidence.get("username", ""):
        return error
    problem = USER_NAME_FORM.problem(**(evidence | {"windows_domain": probe.windows_domain}))
    return ProblemError(problem, secret_refused=True)


def _never_again(profile: Profile, version: str) -> None:
    """Latch the kept secret, the one thing that a check writes down: another refusal could lock the account.

    State and problem stay as they are; the connector finds the latch before it sends the secret.
    """

    def latched(record: ConnectionRecord) -> ConnectionRecord:
        return replace(record, refused_version=version) if record.secret_version == version else record

    profile.connection.change(latched)
