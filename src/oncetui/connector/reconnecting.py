"""Reconnect: one sign-in that a person asked for, with every setting kept that is not changed by it."""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from oncetui.connector.checking import GenerationOverError, check_calendars, list_calendars
from oncetui.connector.expiring import note_password_expiry
from oncetui.connector.known_places import as_known
from oncetui.connector.noting import RefusalHeard, note_fault, note_success
from oncetui.connector.signing_in import (
    attempted,
    kept_secret,
    of_a_kept_secret,
    refuse_the_refused,
    remember_refusal,
    routed,
    sign_in_once,
)
from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import (
    STRAIGHT,
    ConnectionSettings,
    NetworkRoute,
    combined_route,
    kept_route,
)
from oncetui.model.lock_outs import OF_A_COMMAND, Insistence, warn_of_lock_out
from oncetui.model.password_expiry import as_expired
from oncetui.model.ports import CalendarGateway, SecretStore, unheard
from oncetui.model.problem import ProblemError, Who
from oncetui.model.problems.sign_in import LOCK_OUT_NEAR
from oncetui.model.problems.typing import EWS_URL_SPELLING, USER_NAME_SPELLING
from oncetui.model.profile import Profile
from oncetui.model.routes import place_of_proxy
from oncetui.model.secret import Secret
from oncetui.model.spelling import Spelling, ews_url_spelling, host_of, user_name_spelling
from oncetui.model.state import By, ConnectionRecord, State
from oncetui.model.turns import turn_to_sign_in
from oncetui.model.user_names import of_a_proven_name, sign_in_for
from oncetui.model.way_taken import WayTaken


class NothingToReconnectError(Exception):
    """The profile is not connected, or was disconnected: the wizard is the way."""

    def __init__(self) -> None:
        super().__init__("There is no connection to reconnect; to make one, run: oncetui setup")


@dataclass(frozen=True)
class ReconnectChanges:
    """What Reconnect changes besides the secret; None keeps what is saved, a blank user name is the email."""

    ews_url: str | None = None
    username: str | None = None
    route: NetworkRoute = STRAIGHT

    @property
    def of_sign_in(self) -> bool:
        """Whether they change who signs in, or where."""
        return self.ews_url is not None or self.username is not None


NO_CHANGES = ReconnectChanges()


@dataclass(frozen=True)
class _Manner:
    """How one sign-in goes: what is sent all the same, who hears of it, and what cuts it short."""

    insistence: Insistence
    told: Callable[[str], None]
    cancellation: Cancellation

    @property
    def again(self) -> bool:
        return self.insistence.again


def reconnect(
    profile: Profile,
    secret: Secret | None = None,
    changes: ReconnectChanges = NO_CHANGES,
    cancellation: Cancellation | None = None,
    *,
    insistence: Insistence = OF_A_COMMAND,
    told: Callable[[str], None] = lambda _sentence: None,
) -> ConnectionRecord:
    """Sign in once, and where that works keep what it took, read the calendars and open the pages.

    Without a secret the kept one is tried. One that was refused before is not sent again, typed anew or not,
    unless user name or server change with it, or `insistence` says so. On failure, and where it is cancelled,
    the kept secret and settings stay as they were. `told` gets a sentence for each thing that is waited for.
    Raises `NothingToReconnectError`, `ProblemError` and `CancelledByUserError`.
    """
    cancellation = cancellation if cancellation is not None else Cancellation()
    record = profile.connection.load()
    settings = profile.settings.load()
    if settings is None or record.state in (State.NOT_CONNECTED, State.DISCONNECTED):
        raise NothingToReconnectError
    profile = replace(profile, route=combined_route(changes.route, profile.route))
    wanted = _with_changes(settings, changes)
    if secret is None and record.asked_to_wait(profile.clock.now()) and record.problem is not None:
        raise ProblemError(record.problem)
    secret = _as_told_elsewhere(profile, settings, secret)
    with profile.shown_as_attempt(), contextlib.ExitStack() as while_reading:
        with turn_to_sign_in(profile, cancellation):
            manner = _Manner(insistence, told, cancellation)
            gateway, proven = _signed_in_or_noted(profile, wanted, changes, secret, manner)
            while_reading.enter_context(contextlib.closing(gateway))
            while_reading.enter_context(cancellation.waking(gateway.close))
            cancellation.raise_if_cancelled()
            _keep(profile, proven, secret, record.generation, before=settings.route, way=gateway.way)
        told("Reading the calendars")
        return _read_at_once(profile, gateway)


def _as_told_elsewhere(
    profile: Profile, settings: ConnectionSettings, secret: Secret | None
) -> Secret | None:
    """Return the password that a place tells which is only read; a typed one has to be the same.

    Not being able to read it here says nothing of the connection, but is for the user to see to.
    """
    if not settings.kept_in.filled_elsewhere:
        return secret
    place = profile.secret_places.place(settings.kept_in)
    try:
        told = place.load()
        if secret is not None and secret != told:
            place.save(secret)
    except ProblemError as error:
        raise ProblemError(replace(error.problem, who=Who.USER)) from error
    return told


def _signed_in_or_noted(
    profile: Profile,
    wanted: ConnectionSettings,
    changes: ReconnectChanges,
    secret: Secret | None,
    manner: _Manner,
) -> tuple[CalendarGateway, ConnectionSettings]:
    """Sign in, or note what befell the kept secret; a typed one that fails says nothing of the connection."""
    # Whoever had the turn before may have found out that the kept secret is refused.
    record = profile.connection.load()
    # As another user or elsewhere it says nothing of what is kept.
    as_kept = secret is None and not changes.of_sign_in
    heard = RefusalHeard(profile, wanted.secret_version) if as_kept else unheard
    try:
        tried = secret if secret is not None else kept_secret(profile, wanted, record, again=manner.again)
        return _signed_in(profile, wanted, changes, tried, manner, record=record, refused=heard)
    except ProblemError as error:
        if isinstance(heard, RefusalHeard) and not error.secret_refused:
            heard.take_back()
        if changes.of_sign_in or error.problem.code == LOCK_OUT_NEAR.code:
            raise
        if secret is not None:
            raise of_a_proven_name(error) from error
        if changes != NO_CHANGES:
            raise
        told = as_expired(as_known(of_a_kept_secret(error)), record, profile.clock.now())
        note_fault(profile, wanted.secret_version, told)
        raise told from error


def _with_changes(settings: ConnectionSettings, changes: ReconnectChanges) -> ConnectionSettings:
    if changes.ews_url is None:
        return settings
    spelling = ews_url_spelling(changes.ews_url)
    if spelling.error is not None:
        raise ProblemError(EWS_URL_SPELLING.problem(sentence=spelling.error))
    return replace(settings, ews_url=spelling.value, found_by="entered")


def _signed_in(
    profile: Profile,
    wanted: ConnectionSettings,
    changes: ReconnectChanges,
    secret: Secret,
    manner: _Manner,
    *,
    record: ConnectionRecord,
    refused: Callable[[], None],
) -> tuple[CalendarGateway, ConnectionSettings]:
    """Ask the server without credentials how to sign in, then sign in once."""
    typed = wanted.sign_in.username if changes.username is None else _user_name(changes.username)
    wanted = routed(profile, wanted)
    host = host_of(wanted.ews_url)
    manner.told(f"Asking {host} how to sign in")
    probe = profile.discovery.probe(wanted.ews_url, wanted.route, manner.cancellation)
    sign_in = wanted.sign_in
    if changes.of_sign_in or sign_in.scheme not in probe.schemes:
        sign_in = sign_in_for(wanted.mailbox, typed, probe)
    proven = replace(wanted, sign_in=sign_in)
    if not manner.again:
        refuse_the_refused(profile, proven, record, secret)
    warn_of_lock_out(profile, attempted(proven), manner.insistence)
    manner.told(f"Signing in to {host} as {sign_in.username}")
    try:
        gateway = sign_in_once(profile, proven, secret, manner.cancellation, refused)
    except ProblemError as error:
        told = error if changes.of_sign_in else as_bridged(error, record, profile.clock.now())
        remember_refusal(profile, proven, told, secret, generation=record.generation)
        raise told from error
    profile.guard.accepted(attempted(proven), secret)
    return gateway, replace(proven, server=gateway.server)


def _user_name(typed: str) -> str:
    spelling: Spelling = user_name_spelling(typed)
    if spelling.error is not None:
        raise ProblemError(USER_NAME_SPELLING.problem(sentence=spelling.error))
    return spelling.value


def _keep(
    profile: Profile,
    proven: ConnectionSettings,
    secret: Secret | None,
    generation: int,
    *,
    before: NetworkRoute,
    way: WayTaken,
) -> None:
    """Keep the secret under a new version, then the settings, then the state; none after a Disconnect."""
    if profile.connection.load().generation != generation:
        raise NothingToReconnectError
    proxys = profile.route.proxy_password or None
    # The connector opens its connection anew for a new version of either password.
    anew = secret is not None or proxys is not None
    version = secrets.token_hex(8) if anew else proven.secret_version
    saved = replace(proven, secret_version=version, route=kept_route(proven.route))
    place, of_proxy = profile.secret_places.place(proven.kept_in), place_of_proxy(profile, proven.kept_in)
    with _kept_secret_replaced(place, secret), _kept_secret_replaced(of_proxy, proxys):
        profile.settings.save(saved)
    if saved.route.proxy_user is None and before.proxy_user is not None:
        with contextlib.suppress(ProblemError):
            of_proxy.erase()  # Disconnect erases what can't be erased now
    if note_success(profile, version, By.PERSON, generation, way).generation != generation:
        # Disconnected while it was being kept: nothing of it may come back.
        profile.settings.erase()
        with contextlib.suppress(ProblemError):
            place.erase()
        with contextlib.suppress(ProblemError):
            of_proxy.erase()
        raise NothingToReconnectError


@contextlib.contextmanager
def _kept_secret_replaced(place: SecretStore, secret: Secret | None) -> Iterator[None]:
    """Keep a new secret, and bring the one before it back where the block fails; None keeps what is there."""
    if secret is None:
        yield
        return
    try:
        before = place.load()
    except ProblemError:
        before = None  # what can't be read was of no use
    place.save(secret)
    try:
        yield
    except ProblemError:
        # The cause of the failure is what is told.
        with contextlib.suppress(ProblemError):
            if before is not None:
                place.save(before)
        raise


def _read_at_once(profile: Profile, gateway: CalendarGateway) -> ConnectionRecord:
    """Read the calendars so that pages open now; a fault here is for the connector's next check."""
    record = profile.connection.load()
    try:
        list_calendars(profile, gateway, record.generation)
        check_calendars(profile, gateway, record.generation)
        note_password_expiry(profile, gateway, record.secret_version, record.generation)
    except (GenerationOverError, CancelledByUserError):
        return profile.connection.load()
    except ProblemError as error:
        return note_fault(profile, record.secret_version, error)
    return profile.connection.load()
