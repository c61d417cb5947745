"""The blocking part of the account step: finding the server, and exactly one sign-in a call."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.calendars import FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import STRAIGHT, Access, NetworkRoute, SignIn, UsernameForm
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe
from oncetui.model.lock_outs import UNASKED, Insistence, warn_of_lock_out
from oncetui.model.other_addresses import told_of_address, told_of_filing
from oncetui.model.pins import pin_for, pinned
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.sign_in import (
    ACCOUNT_LOCKED,
    PASSWORD_CHANGED,
    PASSWORD_REFUSED,
    USER_NAME_FORM,
)
from oncetui.model.profile import Profile
from oncetui.model.routes import route_to_server
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.model.spelling import host_of, mail_domain
from oncetui.model.turns import turn_to_sign_in
from oncetui.model.user_names import sign_in_for
from oncetui.setup.answers import Answers
from oncetui.setup.one_mailbox import by_known_account, refuse_taken, told_of_another
from oncetui.setup.where_to import Signposts, refuse_without_consent, servers_of


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that worked: the open gateway, and what it took.

    `found_by` says how the server was found, `entered` where a person gave its address. `email_refused`
    says that the server did not take the email address as user name with this secret. `access` names the
    mailbox by its main address, and `warnings` tell where that isn't the one entered. Whoever holds it closes
    the gateway.
    """

    gateway: CalendarGateway
    access: Access
    found_by: str
    probe: ServerProbe
    calendars: tuple[FoundCalendar, ...]
    email_refused: bool = False
    warnings: tuple[Problem, ...] = ()


def find_server(
    email: str,
    profile: Profile,
    told: Callable[[SearchStep], None],
    cancellation: Cancellation,
    route: NetworkRoute = STRAIGHT,
) -> SearchResult:
    """Search for the server of an email address, without credentials, for at most 8 s.

    The servers of colleagues in the same mail domain, known to this home, are asked first. `route` is what
    was told of the way there.
    """
    way = route_to_server(profile, profile.settings.load(), route)
    return searched_by(email, profile, way, told, cancellation)


def searched_by(
    email: str,
    profile: Profile,
    way: NetworkRoute,
    told: Callable[[SearchStep], None],
    cancellation: Cancellation,
) -> SearchResult:
    """Search on a way that is known already."""
    known = profile.settings.servers_of(mail_domain(email))
    return profile.discovery.search(email, way, told, cancellation, known)


def sign_in_once(
    answers: Answers,
    secret: Secret,
    search: SearchResult | None,
    *,
    profile: Profile,
    insistence: Insistence = UNASKED,
    cancellation: Cancellation,
    told: Callable[[str], None] = lambda _sentence: None,
) -> SignedIn:
    """Sign in with one attempt that can be refused, and list the calendars; it blocks, for a worker thread.

    An EWS URL goes before what the search found; without either, it is searched for now. An address that
    tells the server to those who sign in is asked first, and the credentials that it accepted then go to
    the server. `told` gets a sentence for each thing that is waited for. Raises `ProblemError`, with
    `secret_refused` only where the server turned the secret down just now, not where one that was refused
    before, or one that could lock the account, was kept back; `insistence` says which of them a person wants
    to be sent all the same.
    """
    answers, search = by_known_account(profile, answers, secret, search)
    with profile.shown_as_attempt(), turn_to_sign_in(profile, cancellation):
        route = route_to_server(profile, profile.settings.load(), answers.route)
        attempt = _Attempt(answers, secret, profile, insistence, cancellation, told, route)
        try:
            server, probe = attempt.server(search)
            return attempt.signed_in(server, probe)
        except ProblemError as error:
            raise told_of_another(profile, answers.email, error) from error


@dataclass(frozen=True)
class _Attempt:
    """One press of Enter."""

    answers: Answers
    secret: Secret
    profile: Profile
    insistence: Insistence
    cancellation: Cancellation
    told: Callable[[str], None]
    route: NetworkRoute

    def server(self, search: SearchResult | None) -> tuple[FoundServer, ServerProbe]:
        """Return the server to sign in to, and what it tells without credentials."""
        if not self.answers.ews_url and search is None:
            search = searched_by(
                self.answers.email, self.profile, self.route, lambda _step: None, self.cancellation
            )
        candidates = servers_of(self.answers, search or SearchResult())
        if isinstance(candidates, Signposts):
            candidates = (self._named_by(candidates),)
        failures: list[ProblemError] = []
        for server in candidates:
            try:
                return server, self._probe(server)
            except ProblemError as error:
                failures.append(error)
        raise failures[0]

    def signed_in(self, server: FoundServer, probe: ServerProbe) -> SignedIn:
        """Sign in to the server and list the mailbox's calendars."""
        sign_in = self._sign_in(probe)
        access = Access(
            self.answers.email, server.ews_url, sign_in, self._pinned(server.ews_url), probe.server
        )
        host = host_of(server.ews_url)
        attempted = Attempted(self.answers.email, host, sign_in.username)
        self._refuse_to_repeat(attempted)
        self.told(f"Signing in to {host} as {sign_in.username}")
        try:
            gateway = self.profile.opener.open(access, self.secret, self.cancellation)
        except ProblemError as error:
            raise self._refusal(error, attempted, sign_in, probe) from error
        email_refused = self._email_was_refused(attempted, sign_in.form)
        self.profile.guard.accepted(attempted, self.secret)
        with contextlib.ExitStack() as closing:
            closing.callback(gateway.close)
            refuse_taken(self.profile, gateway.address)
            self.told("Reading the list of calendars")
            with self.cancellation.waking(gateway.close):
                calendars = gateway.calendars(self._known_owners())
            closing.pop_all()
        return SignedIn(
            gateway,
            replace(access, mailbox=gateway.address, server=gateway.server),
            server.found_by,
            probe,
            calendars,
            email_refused=email_refused,
            warnings=told_of_filing(access.mailbox, server.filed_under)
            + told_of_address(access.mailbox, gateway.address),
        )

    def _named_by(self, signposts: Signposts) -> FoundServer:
        """Sign in to the first address that answers, and return the server that it names."""
        failures: list[ProblemError] = []
        for signpost in signposts:
            host = host_of(signpost.url)
            sign_in = self._sign_in(signpost.probe)
            attempted = Attempted(self.answers.email, host, sign_in.username)
            self._refuse_to_repeat(attempted)
            self.told(f"Asking {host} for the server")
            access = Access(self.answers.email, "", sign_in, self.route)
            try:
                named = self.profile.discovery.ask(signpost, access, self.secret, self.cancellation)
            except ProblemError as error:
                if error.secret_refused or not signposts.others_may_know(error.problem):
                    raise self._refusal(error, attempted, sign_in, signpost.probe) from error
                failures.append(error)
            else:
                refuse_without_consent(self.answers, named.outside)
                return named
        raise failures[0]

    def _known_owners(self) -> list[str]:
        """Return whose shared calendars were added before, so that setting up anew keeps them."""
        return sorted({one.owner for one in self.profile.busy.calendars() if one.owner is not None})

    def _probe(self, server: FoundServer) -> ServerProbe:
        if server.probe is not None:
            return server.probe
        self.told(f"Asking {host_of(server.ews_url)} how to sign in")
        return self.profile.discovery.probe(server.ews_url, self._pinned(server.ews_url), self.cancellation)

    def _pinned(self, ews_url: str) -> NetworkRoute:
        """Bind the one pin that was told before its host was known, and has none yet, to the server's."""
        bound = {digits for _, digits in self.answers.route.pins}
        unbound = [pin for pin in self.answers.pins if pin not in bound]
        if len(unbound) != 1 or pin_for(self.answers.route.pins, host_of(ews_url)) is not None:
            return self.route
        return replace(self.route, pins=pinned(self.route.pins, host_of(ews_url), unbound[0]))

    def _sign_in(self, probe: ServerProbe) -> SignIn:
        return sign_in_for(self.answers.email, self.answers.username, probe)

    def _refuse_to_repeat(self, attempted: Attempted) -> None:
        if not self.insistence.again:
            problem = self.profile.guard.answer_to(attempted, self.secret)
            if problem is not None:
                raise ProblemError(_of_a_typed_secret(problem))
        warn_of_lock_out(self.profile, attempted, self.insistence)

    def _email_was_refused(self, accepted: Attempted, form: UsernameForm) -> bool:
        """Tell whether the server refused the email address with the very secret that it now accepted.

        Refused with another one, the address may well have been right.
        """
        if form is UsernameForm.EMAIL:
            return False
        by_email = replace(accepted, username=self.answers.email)
        return self.profile.guard.answer_to(by_email, self.secret) is not None

    def _refusal(
        self, error: ProblemError, attempted: Attempted, sign_in: SignIn, probe: ServerProbe
    ) -> ProblemError:
        """Return the error in the words that its evidence allows, and remember a refused sign-in.

        A locked account says nothing of the secret, but comes of too many refusals.
        """
        locked = error.problem.code == ACCOUNT_LOCKED.code
        if not error.secret_refused and not locked:
            return error
        problem = self._as_bridged(error, attempted).problem
        if problem.code == PASSWORD_REFUSED.code and sign_in.form is UsernameForm.EMAIL:
            problem = _wants_another_form(problem, sign_in.username, probe.windows_domain)
        refusal = Refusal(attempted, self.profile.clock.now(), problem)
        self.profile.guard.note(refusal, None if locked else self.secret)
        return ProblemError(problem, retry_after=error.retry_after, secret_refused=error.secret_refused)

    def _as_bridged(self, error: ProblemError, attempted: Attempted) -> ProblemError:
        """Compare with the last success of the connection that is set up anew, where it is to this server."""
        saved = self.profile.settings.load()
        if saved is None or host_of(saved.ews_url) != attempted.host:
            return error
        return as_bridged(error, self.profile.connection.load(), self.profile.clock.now())


def _of_a_typed_secret(problem: Problem) -> Problem:
    """Say of a password that the connector found refused what a wizard says of it."""
    if problem.code != PASSWORD_CHANGED.code:
        return problem
    return PASSWORD_REFUSED.problem(**dict(problem.evidence))


def _wants_another_form(problem: Problem, username: str, windows_domain: str | None) -> Problem:
    """Name the Windows form where the server told its domain: `diagnosis` 40."""
    if windows_domain is None:
        return problem
    told = dict(problem.evidence) | {"username": username, "windows_domain": windows_domain}
    return USER_NAME_FORM.problem(**told)
