"""The reconnect screen as one frozen view state, and what its events make of it; no secret enters it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from oncetui.model.problem import Problem
from oncetui.model.problems.sign_in import LOCK_OUT_NEAR, SECRET_REFUSED_BEFORE, USER_NAME_FORM
from oncetui.model.spelling import ews_url_spelling, user_name_spelling
from oncetui.model.status import Status
from oncetui.model.user_names import likely_domain_name
from oncetui.setup.headline import by_hand

CANCELLED = "Cancelled; nothing was changed."
UNDER_WAY = "One sign-in at a time: this one is still under way. Esc cancels it."
_CANCELLING = "Cancelling…"
_NEW_HELP = "kept in the place of the old one once it has worked"
_KEPT_HELP = "leave it empty to sign in with the kept one"


class Asked(StrEnum):
    """The fields of the screen, by the names that problems use for them."""

    PASSWORD = "password"  # noqa: S105  # the name of the field, not what stands in it
    EWS_URL = "ews_url"
    USERNAME = "username"


REVEALED = (Asked.EWS_URL, Asked.USERNAME)


class Phase(StrEnum):
    """What the screen does; a sign-in that is being cancelled has not ended yet."""

    AT_REST = "at rest"
    SIGNING_IN = "signing in"
    CANCELLING = "cancelling"


@dataclass(frozen=True)
class FieldLine:
    """What stands below a field: its error in the place of its help, and a note before that."""

    help: str
    error: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReconnectState:
    """Everything that the screen shows but what was typed.

    `kept_was_refused` says that the kept password can't do. `waits_for` is what the sign-in waits for,
    `outcome` the sentence below the fields, `refusals` the line of the lock-out guard. `held_back` says that
    nothing but an earlier refusal keeps the password from being sent, `warned` counts the refusals after
    which Enter sends another one. `fill` goes into a user name that is empty. `focus` is the field to go to
    whenever `focus_asked` has grown.
    """

    mailbox: str
    kept_was_refused: bool
    password: FieldLine
    ews_url: FieldLine = FieldLine("from the address bar of Outlook on the web; we complete it")
    username: FieldLine = FieldLine("as in CONTOSO\\anna; leave it empty to use the email address")
    revealed: bool = False
    phase: Phase = Phase.AT_REST
    waits_for: str = ""
    outcome: str = ""
    refusals: str = ""
    held_back: bool = False
    warned: int = 0
    fill: str = ""
    focus: Asked = Asked.PASSWORD
    focus_asked: int = 0

    @property
    def at_rest(self) -> bool:
        """Whether no sign-in is under way."""
        return self.phase is Phase.AT_REST

    def line(self, name: Asked) -> FieldLine:
        """Return what stands below a field."""
        lines = {Asked.PASSWORD: self.password, Asked.EWS_URL: self.ews_url, Asked.USERNAME: self.username}
        return lines[name]


def opened(status: Status, field: str) -> ReconnectState:
    """Return the state of a screen that opens at the field at fault."""
    record = status.record
    refused = record.refused_version is not None and record.refused_version == record.secret_version
    mailbox = status.settings.mailbox if status.settings else ""
    state = ReconnectState(mailbox, refused, FieldLine(_NEW_HELP if refused else _KEPT_HELP))
    return replace(state, revealed=True, focus=Asked(field)) if field in REVEALED else state


def revealing(state: ReconnectState) -> ReconnectState:
    """Reveal EWS URL and user name because a person wants to change them."""
    return _focused(replace(state, revealed=True), Asked.EWS_URL)


def field_left(state: ReconnectState, name: Asked, text: str) -> ReconnectState:
    """Put the spelling right, or say below the field what is wrong; a password's isn't looked at."""
    if name is Asked.PASSWORD:
        return state
    spelling = ews_url_spelling(text) if name is Asked.EWS_URL else user_name_spelling(text)
    note = "" if spelling.error else spelling.note or ""
    line = FieldLine(state.line(name).help, spelling.error or "", note)
    return _with_line(state, name, line)


def typed_on(state: ReconnectState) -> ReconnectState:
    """Take the offer to send a refused password again back: something else stands there now."""
    return replace(state, held_back=False)


def submitted(state: ReconnectState, *, password_given: bool, again: bool = False) -> ReconnectState:
    """Begin to sign in, unless something is missing or can't be right.

    `again` sends a password that was refused before, the kept one where none is given.
    """
    if not password_given and state.kept_was_refused and not again:
        missing = replace(state.password, error="Please enter the password; the kept one was refused.")
        offered = replace(_with_line(state, Asked.PASSWORD, missing), held_back=True)
        return _focused(offered, Asked.PASSWORD)
    wrong = next((name for name in REVEALED if state.revealed and state.line(name).error), None)
    if wrong is not None:
        return _focused(state, wrong)
    state = replace(state, phase=Phase.SIGNING_IN, waits_for="", outcome="", held_back=False)
    return _with_line(state, Asked.PASSWORD, FieldLine(_NEW_HELP))


def cancelling(state: ReconnectState) -> ReconnectState:
    """Show that the sign-in is being cancelled: what came of it is told once that is known."""
    return replace(state, phase=Phase.CANCELLING, outcome=_CANCELLING)


def ended(state: ReconnectState, problem: Problem | None = None, sentence: str = "") -> ReconnectState:
    """Take over how the sign-in ended: in a problem, or in a sentence alone.

    Whatever puts the password in doubt leads back to the password: whoever types it anew does so without
    looking, and must not do it in a field that everybody reads.
    """
    state = replace(state, phase=Phase.AT_REST, waits_for="")
    if problem is None:
        return _focused(replace(state, outcome=sentence), Asked.PASSWORD)
    if problem.code == LOCK_OUT_NEAR.code:
        # How many were refused stands in the line of the guard.
        told = f"Nothing was sent. {problem.next} Enter sends it now."
        warned = int(dict(problem.evidence).get("refusals", 0))
        return _focused(replace(state, outcome=told, warned=warned), Asked.PASSWORD)
    if problem.code == SECRET_REFUSED_BEFORE.code:
        return _kept_back(state, problem)
    if problem.code == USER_NAME_FORM.code:
        return _user_name_wanted(state, problem)
    return _at_fault(state, problem)


def _kept_back(state: ReconnectState, problem: Problem) -> ReconnectState:
    told = (
        "Another refusal could lock the account. Enter another password; where this one is right after all, "
        "ctrl+o sends it again."
    )
    state = replace(state, held_back=True, outcome=_told(told))
    line = replace(state.password, error=problem.what)
    return _focused(_with_line(state, Asked.PASSWORD, line), Asked.PASSWORD)


def _user_name_wanted(state: ReconnectState, problem: Problem) -> ReconnectState:
    domain = dict(problem.evidence).get("windows_domain")
    fill = likely_domain_name(state.mailbox, domain)
    state = replace(state, revealed=True, fill=fill, outcome=_told(problem.what, problem.why))
    if fill:
        said = f"{domain} comes from the server; empty tries the email."
        state = _with_line(state, Asked.USERNAME, FieldLine(said))
        note = "Enter sends it with the user name below; or type it anew."
        state = _with_line(state, Asked.PASSWORD, replace(state.password, note=note))
    return _focused(state, Asked.PASSWORD)


def _at_fault(state: ReconnectState, problem: Problem) -> ReconnectState:
    problem = by_hand(problem)
    first = next(iter(problem.fields), None)
    state = replace(state, revealed=state.revealed or first in REVEALED)
    seen = tuple(Asked) if state.revealed else (Asked.PASSWORD,)
    at_fault = next((Asked(name) for name in problem.fields if name in seen), None)
    if at_fault is None:
        return _focused(
            replace(state, outcome=_told(problem.what, problem.why, problem.next)), Asked.PASSWORD
        )
    state = replace(state, outcome=_told(problem.why, problem.next))
    state = _with_line(state, at_fault, replace(state.line(at_fault), error=problem.what))
    return _focused(state, Asked.PASSWORD if Asked.PASSWORD in problem.fields else at_fault)


def _told(*sentences: str) -> str:
    return " ".join((*sentences, "Nothing was changed."))


def _with_line(state: ReconnectState, name: Asked, line: FieldLine) -> ReconnectState:
    match name:
        case Asked.PASSWORD:
            return replace(state, password=line)
        case Asked.EWS_URL:
            return replace(state, ews_url=line)
        case Asked.USERNAME:
            return replace(state, username=line)


def _focused(state: ReconnectState, name: Asked) -> ReconnectState:
    return replace(state, focus=name, focus_asked=state.focus_asked + 1)
