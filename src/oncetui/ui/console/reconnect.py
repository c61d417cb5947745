"""Reconnect: one sign-in for each press of Enter; until one works nothing that is kept changes."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from oncetui.connector.reconnecting import NothingToReconnectError, ReconnectChanges, reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import STRAIGHT, NetworkRoute, combined_route
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.spelling import Spelling, ews_url_spelling, user_name_spelling
from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.setup.proxies import changing_proxy
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.ways import WayOut
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.waiting import WaitingLine
from oncetui.ui.wizard.proxy import ProxyScreen
from oncetui.ui.wizard.way_on import WayOn, step_for, step_to

CONNECT = Command("enter", "connect", "reconnect", "Sign in once with what stands here.")
MORE = Command("ctrl+e", "more", "address, name", "Change the EWS URL or the user name as well.", first=True)
WAY = Command("ctrl+t", "proxy", "", "Change the proxy, its user name or its password.", first=True)
SHOW = Command("ctrl+r", "show_password", "show", "Show the password, or hide it.", first=True)
BACK = Command("escape", "back", "back", "Cancel the sign-in, or go back; nothing is changed.")

PASSWORD = WayOut("password")

_NEW_HELP = "kept in the place of the old one once it has worked"
_KEPT_HELP = "leave it empty to sign in with the kept one"
_URL_HELP = "from the address bar of Outlook on the web; we complete it"
_NAME_HELP = "as in CONTOSO\\anna; leave it empty to use the email address"


def password_is_needed(status: Status) -> bool:
    """Tell whether the kept password can't do: it was refused, and is never sent again."""
    record = status.record
    return record.refused_version is not None and record.refused_version == record.secret_version


def why_reconnect(status: Status) -> tuple[Fact, ...]:
    """Return why one is asked, and that nothing is lost by trying."""
    problem = status.record.problem
    if status.record.wobble is not None:
        return (
            Fact("Now", "the last check failed, and is tried again by itself", Tone.WARNING),
            Fact("Kept", "every setting, the booking pages and their bookings"),
        )
    if status.record.state is State.CONNECTED or problem is None:
        return (
            Fact("Now", "the connection works; it goes on as it is until the new sign-in has worked"),
            Fact("Kept", "every setting, the booking pages and their bookings"),
        )
    return (
        Fact("Now", problem.what, Tone.BAD),
        Fact("Why", problem.why),
        Fact("Kept", "every setting, the booking pages and their bookings"),
    )


class ReconnectScreen(OurScreen[str | None]):
    """Asks for the password, and with ctrl+e for address and user name; closes with a sentence."""

    CSS_PATH = "reconnect.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#password Input"
    KEYS: ClassVar[tuple[Command, ...]] = (CONNECT, MORE, WAY, SHOW, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "Reconnect signs in once with the password that you enter. The connection stays as it is until that "
        "works; then the new password takes the place of the old one and the booking pages open again."
    )

    @dataclass
    class Ended(Message):
        """A sign-in has ended: without a problem, with one, or with a sentence alone."""

        attempt: Cancellation
        problem: Problem | None = None
        sentence: str = ""

    def __init__(self, status: Status, way: WayOut = PASSWORD) -> None:
        super().__init__()
        self._status = status
        self._way = way
        self._attempt: Cancellation | None = None
        self._revealed = False
        self._route = STRAIGHT

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        settings = self._status.settings
        name = settings.sign_in.username if settings else ""
        yield Headline("Reconnect", settings.mailbox if settings else "")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(fact_lines), why_reconnect(self._status), id="why")
            needed = password_is_needed(self._status)
            yield Field("Password", id="password", help=_NEW_HELP if needed else _KEPT_HELP, secret=True)
            yield Field("EWS URL", id="ews_url", help=_URL_HELP, value=settings.ews_url if settings else "")
            yield Field("Domain\\UserName", id="username", help=_NAME_HELP, value=name)
            yield Static(id="waiting")
            yield Drawn(sentence_lines, "", id="outcome")
            demo_told = self.our_app.demo_told
            if demo_told:
                yield Static(f"  Demo: {demo_told}", classes="muted", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Hide what is not asked, and begin in the field that is at fault."""
        self._revealed = self._way.field in ("ews_url", "username")
        self._show_more()
        if self._revealed:
            self._field(self._way.field).focus_input()
        step = step_to(self._way, self._known_route)
        if step is not None:
            self.app.push_screen(step, self._decided)

    def on_unmount(self) -> None:
        """Let no sign-in outlive its screen."""
        self._cancel()

    def offers(self, command: Command) -> bool:
        """Offer the further fields while they are hidden."""
        return command is not MORE or not self._revealed

    def action_more(self) -> None:
        """Reveal EWS URL and user name."""
        self._revealed = True
        self._show_more()
        self._field("ews_url").focus_input()

    def action_show_password(self) -> None:
        """Show the password, or hide it."""
        self._field("password").secret_input.toggle_shown()

    def action_back(self) -> None:
        """Cancel the sign-in that is under way; without one go back."""
        if self._cancel():
            self._end_waiting()
            self._tell("Cancelled; nothing was changed.")
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_connect()

    def action_connect(self) -> None:
        """Sign in once with what stands here, unless something in it can't be right."""
        if self._attempt is not None:
            self._tell("One sign-in at a time: this one is still under way. Esc cancels it.")
            return
        secret = self._field("password").secret_input.secret
        if not secret and password_is_needed(self._status):
            self._field("password").show(error="Please enter the password; the kept one was refused.")
            self._field("password").focus_input()
            return
        if self._revealed and not (self._is_right("ews_url") and self._is_right("username")):
            return
        self._begin(secret or None)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        field = event.input.query_ancestor(Field)
        if field.id in ("ews_url", "username"):
            self._check(field)

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.attempt is not self._attempt:
            return
        self._attempt = None
        self._end_waiting()
        if ended.problem is not None:
            self._show_problem(ended.problem)
            self._decide_about(ended.problem)
        elif ended.sentence:
            self._tell(ended.sentence)
        else:
            self.dismiss("Connected again.")

    def _decide_about(self, problem: Problem) -> None:
        """Open the step for the certificate or the proxy that is in the way, if one is."""
        step = step_for(problem, self._known_route)
        if step is not None:
            if problem.code == PROXY_PASSWORD_REFUSED.code:
                self._route = replace(self._route, proxy_password=Secret(""))
            self.app.push_screen(step, self._decided)

    def action_proxy(self) -> None:
        """Let a person change the proxy; the next sign-in goes by it."""
        if self._attempt is None:
            self.app.push_screen(ProxyScreen(changing_proxy(self._known_route)), self._decided)

    def _decided(self, way: WayOn | None) -> None:
        if way is None:
            return
        self._route = combined_route(way.route, self._route)
        if way.ews_url:
            self.action_more()
            self._field("ews_url").value = way.ews_url
        self.action_connect()

    @property
    def _known_route(self) -> NetworkRoute:
        settings = self._status.settings
        saved = STRAIGHT if settings is None else settings.route
        return combined_route(self._route, combined_route(self.services.profile.route, saved))

    def _begin(self, secret: Secret | None) -> None:
        self._attempt = Cancellation()
        self._tell("")
        self._field("password").show(help=_NEW_HELP)
        self.query_one("#waiting").mount(WaitingLine("Signing in"))
        self._sign_in(secret, self._changes(), self._attempt)

    @work(thread=True, group="reconnect", description="reconnect")
    def _sign_in(self, secret: Secret | None, changes: ReconnectChanges, attempt: Cancellation) -> None:
        try:
            reconnect(self.services.profile, secret, changes, attempt)
        except ProblemError as error:
            self.post_message(self.Ended(attempt, problem=error.problem))
        except NothingToReconnectError as error:
            self.post_message(self.Ended(attempt, sentence=str(error)))
        except CancelledByUserError:
            self.post_message(self.Ended(attempt, sentence="Cancelled; nothing was changed."))
        else:
            self.post_message(self.Ended(attempt))

    def _changes(self) -> ReconnectChanges:
        settings = self._status.settings
        if not self._revealed or settings is None:
            return ReconnectChanges(route=self._route)
        url = ews_url_spelling(self._field("ews_url").value).value
        name = user_name_spelling(self._field("username").value).value
        return ReconnectChanges(
            ews_url=None if url == settings.ews_url else url,
            username=None if name == settings.sign_in.username else name,
            route=self._route,
        )

    def _show_problem(self, problem: Problem) -> None:
        shown = False
        if not self._revealed and {"ews_url", "username"} & set(problem.fields[:1]):
            self._revealed = True
            self._show_more()
        for name in problem.fields:
            if name in ("password", "ews_url", "username") and self._field(name).display:
                self._field(name).show(error=problem.what)
                self._field(name).focus_input()
                shown = True
                break
        told = [problem.why, problem.next] if shown else [problem.what, problem.why, problem.next]
        self._tell(" ".join(told) + " Nothing was changed.")

    def _is_right(self, name: str) -> bool:
        spelling = self._check(self._field(name))
        if spelling.error is not None:
            self._field(name).focus_input()
        return spelling.error is None

    def _check(self, field: Field) -> Spelling:
        """Put the spelling right, or say below the field what is wrong."""
        is_url = field.id == "ews_url"
        spelling = ews_url_spelling(field.value) if is_url else user_name_spelling(field.value)
        if spelling.error is not None:
            field.show(error=spelling.error)
        else:
            field.show(help=_URL_HELP if is_url else _NAME_HELP, note=spelling.note or "")
        return spelling

    def _show_more(self) -> None:
        for name in ("ews_url", "username"):
            self._field(name).display = self._revealed
        self.refresh_keys()

    def _cancel(self) -> bool:
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            attempt.cancel()
        return attempt is not None

    def _end_waiting(self) -> None:
        self.query_one("#waiting").remove_children()

    def _tell(self, sentence: str) -> None:
        self.query_one("#outcome", Drawn).show(sentence)

    def _field(self, name: str) -> Field:
        return self.query_one(f"#{name}", Field)
