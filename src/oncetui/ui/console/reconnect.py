"""Reconnect: one sign-in for each press of Enter; until one works nothing that is kept changes."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from oncetui.model.connection import STRAIGHT, NetworkRoute, combined_route
from oncetui.model.lock_outs import OF_A_COMMAND, Insistence
from oncetui.model.problem import Problem
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.secret import Secret
from oncetui.model.status import Status
from oncetui.setup.proxies import changing_proxy
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console import reconnect_state
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.reconnect_form import ReconnectForm
from oncetui.ui.console.reconnect_keys import AGAIN, BACK, CONNECT, MORE, SHOW, WAY, makes_sense
from oncetui.ui.console.reconnect_reasons import why_reconnect
from oncetui.ui.console.reconnect_state import UNDER_WAY, Asked, FieldLine, Phase, ReconnectState
from oncetui.ui.console.reconnect_work import ATTEMPT, ReconnectWork, RiskKnown, SignInEnded, WaitTold
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.ways import WayOut
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.waiting import WaitingLine
from oncetui.ui.wizard.proxy import ProxyScreen
from oncetui.ui.wizard.way_on import WayOn, step_for, step_to

THE_PASSWORD = WayOut(Asked.PASSWORD)


class ReconnectScreen(OurScreen[str | None]):
    """Asks for the password, and with ctrl+e for address and user name; closes with a sentence."""

    CSS_PATH = "reconnect.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (CONNECT, AGAIN, MORE, WAY, SHOW, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "Reconnect signs in once with the password that you enter. The connection stays as it is until that "
        "works; then the new password takes the place of the old one and the booking pages open again."
    )

    state: reactive[ReconnectState] = reactive(
        lambda: ReconnectState("", kept_was_refused=False, password=FieldLine("")), init=False, repaint=False
    )

    def __init__(self, status: Status, way: WayOut = THE_PASSWORD) -> None:
        super().__init__()
        self._status = status
        self._way = way
        self._route = STRAIGHT
        self.set_reactive(ReconnectScreen.state, reconnect_state.opened(status, way.field))

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        settings = self._status.settings
        yield Headline("Reconnect", settings.mailbox if settings else "")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(fact_lines), why_reconnect(self._status), id="why")
            yield ReconnectForm(self.state, settings)
            refusals = Static(id="refusals", markup=False)
            refusals.display = False
            yield refusals
            yield Static(id="waiting")
            yield Drawn(sentence_lines, "", id="outcome")
            demo_told = self.our_app.demo_told
            if demo_told:
                yield Static(f"  Demo: {demo_told}", classes="muted", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin in the field that is at fault."""
        self._work = ReconnectWork(self, self.services.profile)
        self._form.go_to(self.state.focus)
        self._work.look_for_risk(self.state.mailbox)
        step = step_to(self._way, self._known_route)
        if step is not None:
            self.app.push_screen(step, self._decided)

    def on_unmount(self) -> None:
        """Let no sign-in outlive its screen."""
        self._work.cancel()

    @property
    def _form(self) -> ReconnectForm:
        return self.query_one(ReconnectForm)

    def watch_state(self, before: ReconnectState, after: ReconnectState) -> None:
        """Paint, and move the cursor where the state asks for it."""
        self._form.show(after)
        refusals = self.query_one("#refusals", Static)
        refusals.display = bool(after.refusals)
        refusals.update(after.refusals)
        self._paint_waiting(after)
        self.query_one("#outcome", Drawn).show(after.outcome)
        if after.focus_asked != before.focus_asked:
            self._form.go_to(after.focus)
        self.refresh_keys()

    def _paint_waiting(self, state: ReconnectState) -> None:
        place = self.query_one("#waiting", Static)
        lines = place.query(WaitingLine)
        if state.phase is not Phase.SIGNING_IN:
            place.remove_children()
        elif not lines:
            place.mount(WaitingLine("Signing in"))
        elif state.waits_for:
            lines.first().go_on(state.waits_for)

    def offers(self, command: Command) -> bool:
        """Leave out what makes no sense in this state."""
        return makes_sense(command, self.state)

    @on(RiskKnown)
    def _risk_known(self, event: RiskKnown) -> None:
        self.state = replace(self.state, refusals=event.line)

    @on(ReconnectForm.Left)
    def _left(self, event: ReconnectForm.Left) -> None:
        self.state = reconnect_state.field_left(self.state, event.name, event.text)

    @on(ReconnectForm.TypedOn)
    def _typed_on(self) -> None:
        self.state = reconnect_state.typed_on(self.state)

    def action_more(self) -> None:
        """Reveal EWS URL and user name."""
        if self.state.at_rest:
            self.state = reconnect_state.revealing(self.state)

    def action_show_password(self) -> None:
        """Show the password, or hide it."""
        self._form.toggle_shown()

    def action_back(self) -> None:
        """Cancel the sign-in that is under way; without one, or where it takes long to end, go back."""
        if self.state.phase is Phase.SIGNING_IN:
            self._work.cancel()
            self.state = reconnect_state.cancelling(self.state)
        else:
            self.dismiss(None)

    @on(ReconnectForm.Entered)
    def action_connect(self) -> None:
        """Sign in once with what stands here, unless something in it can't be right."""
        self._connect()

    def action_send_again(self) -> None:
        """Send the password that was refused before, where nothing else is in the way."""
        if self.state.held_back:
            self._connect(again=True)

    def _connect(self, *, again: bool = False) -> None:
        state = self.state
        if not state.at_rest:
            self.state = replace(state, outcome=UNDER_WAY) if state.phase is Phase.SIGNING_IN else state
            return
        for name, text in self._form.texts():
            state = reconnect_state.field_left(state, name, text)
        secret = self._form.secret
        self.state = state = reconnect_state.submitted(state, password_given=bool(secret), again=again)
        if not state.at_rest:
            # Whoever presses the key of its own has read what speaks against it.
            insistence = replace(OF_A_COMMAND, again=True) if again else Insistence(warned=state.warned)
            self._work.sign_in(secret or None, self._form.changes(self._route), insistence)

    @on(WaitTold)
    def _wait_told(self, event: WaitTold) -> None:
        self.state = replace(self.state, waits_for=event.sentence)

    @on(SignInEnded)
    def _ended(self, event: SignInEnded) -> None:
        if event.connected:
            self.dismiss("Connected again.")
            return
        self.state = reconnect_state.ended(self.state, event.problem, event.sentence)
        self._work.look_for_risk(self.state.mailbox)
        if event.problem is not None:
            self._decide_about(event.problem)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Show a failure that nobody foresaw as what it is; nothing that was typed is lost."""
        if event.state is WorkerState.ERROR and event.worker.group == ATTEMPT:
            problem = UNKNOWN.problem(signal=type(event.worker.error).__name__)
            self.state = reconnect_state.ended(self.state, problem)

    def _decide_about(self, problem: Problem) -> None:
        """Open the step for the certificate or the proxy that is in the way, if one is."""
        step = step_for(problem, self._known_route)
        if step is not None:
            if problem.code == PROXY_PASSWORD_REFUSED.code:
                self._route = replace(self._route, proxy_password=Secret(""))
            self.app.push_screen(step, self._decided)

    def action_proxy(self) -> None:
        """Let a person change the proxy; the next sign-in goes by it."""
        if self.state.at_rest:
            self.app.push_screen(ProxyScreen(changing_proxy(self._known_route)), self._decided)

    def _decided(self, way: WayOn | None) -> None:
        if way is None:
            return
        self._route = combined_route(way.route, self._route)
        if way.ews_url:
            self.action_more()
            self._form.field(Asked.EWS_URL).value = way.ews_url
        self.action_connect()

    @property
    def _known_route(self) -> NetworkRoute:
        settings = self._status.settings
        saved = STRAIGHT if settings is None else settings.route
        return combined_route(self._route, combined_route(self.services.profile.route, saved))
