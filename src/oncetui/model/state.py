"""The kept state of a connection, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from oncetui.model.problem import Problem, Who
from oncetui.model.schedule import after_temporary_fault, wait_before_it_probe
from oncetui.model.way_taken import UNKNOWN_WAY, WayTaken

FIRST_RETRY = timedelta(seconds=5)
SERVERS_WAIT = "retry_after"


class State(StrEnum):
    """The kept states; an attempt to connect is an overlay and never kept."""

    NOT_CONNECTED = "not-connected"
    CONNECTED = "connected"
    INTERRUPTED = "interrupted"
    FAILED_USER = "failed-user"
    FAILED_IT = "failed-it"
    DISCONNECTED = "disconnected"

    @property
    def public(self) -> str:
        """The word of the command line contract; who must act stands in the problem."""
        return "failed" if self in (State.FAILED_USER, State.FAILED_IT) else str(self)


class By(StrEnum):
    """Who signed in: a person who pressed a key, or the connector on its own."""

    PERSON = "person"
    CONNECTOR = "connector"


@dataclass(frozen=True)
class ConnectionRecord:
    """What is kept of a connection over restarts; all times are aware and in UTC.

    `generation` grows with each Disconnect and fences late writes off. `tries` counts the faults since the
    connection was lost. `wobble` is the time of a first fault while connected, which is tried again before
    any page closes. `refused_version` names the secret that the server refused, never to be sent again.
    `password_expires` is what the server told of the password that is kept, `way` what was seen of the way to
    the server at the last success.
    """

    state: State
    since: datetime
    generation: int = 1
    last_success: datetime | None = None
    problem: Problem | None = None
    next_try: datetime | None = None
    tries: int = 0
    wobble: datetime | None = None
    secret_version: str | None = None
    refused_version: str | None = None
    password_expires: datetime | None = None
    way: WayTaken = UNKNOWN_WAY

    def asked_to_wait(self, now: datetime) -> bool:
        """Tell whether the server itself asked to be left alone until `next_try`."""
        if self.next_try is None or self.problem is None or now >= self.next_try:
            return False
        return any(name == SERVERS_WAIT for name, _ in self.problem.evidence)

    @property
    def servers_wait(self) -> timedelta | None:
        """The wait that the server itself asked for, None where it asked for none."""
        told = None if self.problem is None else dict(self.problem.evidence).get(SERVERS_WAIT)
        return None if told is None else timedelta(seconds=float(told.removesuffix(" s")))

    @property
    def may_sign_in(self) -> bool:
        """Whether the connector may send the stored secret by itself."""
        if self.state not in (State.CONNECTED, State.INTERRUPTED, State.FAILED_IT):
            return False
        return self.secret_version is not None and self.secret_version != self.refused_version


@dataclass(frozen=True)
class Succeeded:
    """A sign-in and a read worked, with the secret of this version; `way` is how the server was reached."""

    at: datetime
    by: By
    secret_version: str
    way: WayTaken = UNKNOWN_WAY


@dataclass(frozen=True)
class Faulted:
    """Work with the kept secret ended in a problem; `retry_after` is the server's own wait in seconds.

    `secret_version` names the secret that was in use where one was: what befell an older one says nothing
    of the one that has taken its place.
    """

    at: datetime
    problem: Problem
    retry_after: float | None = None
    secret_refused: bool = False
    secret_version: str | None = None


@dataclass(frozen=True)
class Disconnected:
    """A person disconnected the mailbox and its data was erased."""

    at: datetime


Event = Succeeded | Faulted | Disconnected


def advance(record: ConnectionRecord, event: Event) -> ConnectionRecord:
    """Return the record after an event, by the table of kept states; each event is defined in each state."""
    match event:
        case Succeeded():
            return _after_success(record, event)
        case Faulted():
            return _after_fault(record, event)
        case Disconnected():
            return _after_disconnect(record, event)


def of_another_secret(record: ConnectionRecord, secret_version: str) -> ConnectionRecord:
    """Return the record with the secret of this version: what was told of another one is forgotten."""
    expires = record.password_expires if secret_version == record.secret_version else None
    return replace(record, secret_version=secret_version, password_expires=expires)


def _after_success(record: ConnectionRecord, event: Succeeded) -> ConnectionRecord:
    # What the connector ends with a secret that was refused meanwhile says nothing of the next sign-in.
    of_this_secret = record.may_sign_in and event.secret_version == record.secret_version
    if event.by is By.CONNECTOR and not of_this_secret:
        return record
    at = _not_before(event.at, record.since)
    return replace(
        of_another_secret(record, event.secret_version),
        state=State.CONNECTED,
        since=record.since if record.state is State.CONNECTED else at,
        last_success=_not_before(at, record.last_success),
        problem=None,
        next_try=None,
        tries=0,
        wobble=None,
        way=event.way,
        refused_version=None if event.by is By.PERSON else record.refused_version,
    )


def _after_fault(record: ConnectionRecord, event: Faulted) -> ConnectionRecord:
    if record.state in (State.NOT_CONNECTED, State.DISCONNECTED):
        return record
    if event.secret_version is not None and event.secret_version != record.secret_version:
        return record
    event = replace(event, problem=_with_wait(event.problem, event.retry_after))
    if event.secret_refused:
        record = replace(record, refused_version=record.secret_version)
    if record.state is State.FAILED_USER:
        return replace(record, problem=event.problem) if event.secret_refused else record
    match event.problem.who:
        case Who.IT:
            return _failed(record, event, State.FAILED_IT)
        case Who.RETRY if not event.secret_refused:
            return _temporary(record, event)
    # A refused secret is not tried again, so that nothing but a person's new one can help.
    return _failed(record, event, State.FAILED_USER)


def _failed(record: ConnectionRecord, event: Faulted, state: State) -> ConnectionRecord:
    again = record.state is state
    tries = record.tries + 1 if again else 1
    tried_again = state is State.FAILED_IT and record.secret_version != record.refused_version
    waits = wait_before_it_probe(tries) if tried_again else None
    return replace(
        record,
        state=state,
        since=record.since if again else _not_before(event.at, record.since),
        problem=event.problem,
        next_try=None if waits is None else event.at + _longer(waits, event.retry_after),
        tries=tries,
        wobble=None,
    )


def _temporary(record: ConnectionRecord, event: Faulted) -> ConnectionRecord:
    if record.state is State.FAILED_IT:
        if not record.may_sign_in:
            return record
        waits = _longer(wait_before_it_probe(record.tries + 1), event.retry_after)
        problem = None if record.problem is None else _with_wait(record.problem, event.retry_after)
        return replace(record, problem=problem, next_try=event.at + waits, tries=record.tries + 1)
    if record.state is State.CONNECTED and record.wobble is None and (event.retry_after or 0) <= 10:
        waits = _longer(FIRST_RETRY, event.retry_after)
        return replace(record, wobble=event.at, next_try=event.at + waits)
    again = record.state is State.INTERRUPTED
    since = record.since if again else _not_before(event.at, record.since)
    waits = after_temporary_fault(since, event.at, record.tries if again else 0)
    return replace(
        record,
        state=State.INTERRUPTED,
        since=since,
        problem=event.problem,
        next_try=event.at + _longer(waits, event.retry_after),
        tries=record.tries + 1 if again else 1,
        wobble=None,
    )


def _after_disconnect(record: ConnectionRecord, event: Disconnected) -> ConnectionRecord:
    if record.state in (State.NOT_CONNECTED, State.DISCONNECTED):
        return record
    at = _not_before(event.at, record.since)
    return ConnectionRecord(state=State.DISCONNECTED, since=at, generation=record.generation + 1)


def _not_before(at: datetime, earlier: datetime | None) -> datetime:
    # A clock that went backwards does not take what is kept back with it.
    return at if earlier is None or at >= earlier else earlier


def _with_wait(problem: Problem, retry_after: float | None) -> Problem:
    """Return the problem with the server's latest wait as its evidence, so that restarts know of it."""
    others = tuple(pair for pair in problem.evidence if pair[0] != SERVERS_WAIT)
    wait = () if retry_after is None else ((SERVERS_WAIT, f"{retry_after:g} s"),)
    return replace(problem, evidence=others + wait)


def _longer(ours: timedelta, servers: float | None) -> timedelta:
    return max(ours, timedelta(seconds=servers or 0))
