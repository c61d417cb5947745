"""The account step as it is drawn: each state painted in one place, and the keys that it offers."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.timer import Timer

from oncetui.model.ports import Clock, DraftAnswers
from oncetui.model.secret import Secret
from oncetui.setup import account
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import Mark
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.wizard.account_form import AccountForm
from oncetui.ui.wizard.account_keys import (
    ADDRESS,
    BACK,
    CONNECT,
    DETAILS,
    IN_THE_WAY,
    OFFER,
    SHOW,
    TROUBLESHOOT,
    USER_NAME,
    makes_sense,
)
from oncetui.ui.wizard.account_work import AccountEntered
from oncetui.ui.wizard.consent import ConsentLine
from oncetui.ui.wizard.demo_table import DemoTable
from oncetui.ui.wizard.search_list import SearchList
from oncetui.ui.wizard.sentence import SentenceLine

ONCE_MORE = "Press esc once more to {leave}. What you entered stays, except the password."


class DrawnAccount(OurScreen[AccountEntered | None]):
    """Paints an `AccountState`; what the keys do is for the screen above it to say."""

    CSS_PATH = "account.tcss"
    ABOUT = (
        "Your Exchange (Outlook) address and its password are enough as a rule. The server is looked for "
        "while you type the password, and the password goes to nobody before it is found."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (
        CONNECT,
        IN_THE_WAY,
        ADDRESS,
        BACK,
        DETAILS,
        TROUBLESHOOT,
        USER_NAME,
        SHOW,
        OFFER,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    state: reactive[AccountState] = reactive(
        lambda: account.opened(DraftAnswers()), init=False, repaint=False
    )

    def __init__(self, clock: Clock, start: AccountState, secret: Secret) -> None:
        super().__init__()
        self.set_reactive(DrawnAccount.state, start)
        self._clock = clock
        self._secret = secret
        self._waits_for = ""
        self._leaving = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("Connect your Exchange calendar", "step 1 of 4")
        yield SentenceLine(self.marks)
        yield ConsentLine()
        yield AccountForm(self._secret)
        yield SearchList(self.marks)
        if self.services.demo is not None:
            yield DemoTable(self.services.demo)
        yield KeyLine()

    def paint_first(self) -> None:
        """Paint the state as it opens, and begin counting seconds where something is waited for."""
        self._timer = self.set_interval(1.0, self._paint_time, pause=True)
        self._paint()
        self._form.go_to(self.state.focus)

    @property
    def _form(self) -> AccountForm:
        return self.query_one(AccountForm)

    def watch_state(self, before: AccountState, after: AccountState) -> None:
        """Paint, and move the cursor where the state asks for it."""
        self._paint()
        if after.focus_asked == before.focus_asked:
            if before.signing_in is not None and after.signing_in is None:
                self._form.go_to(FieldName.PASSWORD)  # the fields took nothing meanwhile
            return
        if after.focus is FieldName.TRUST_HOST:
            self.query_one(ConsentLine).focus()
        else:
            self._form.go_to(after.focus)

    def _paint(self) -> None:
        state = self.state
        self.query_one(ConsentLine).display = state.consent is not None
        self._form.show(state)
        for table in self.query(DemoTable):
            table.show(state.email.meant)
        self._form.disabled = state.signing_in is not None
        if self._timer is not None:
            (self._timer.resume if state.signing_in is not None or self._searching else self._timer.pause)()
        self._paint_time()
        self.refresh_keys()

    def _paint_time(self) -> None:
        state, now = self.state, self._clock.monotonic()
        line = self.query_one(SentenceLine)
        if state.signing_in is not None:
            line.show(f"{self._waits_for or 'Signing in'}…", seconds=int(now - state.signing_in))
        elif state.wish:
            line.show("Connecting as soon as the server is found…")
        elif self._leaving:
            line.show(ONCE_MORE.format(leave=self._leave), Mark.CAUTION)
        elif state.headline is not None:
            line.show(state.headline.sentence, state.headline.mark)
        else:
            line.show("")
        self.query_one(SearchList).show(state.search, now)

    @property
    def _leave(self) -> str:
        return "go back" if self.our_app.console_is_open else "quit"

    @property
    def _searching(self) -> bool:
        return self.state.search is not None and not self.state.search.finished

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands that make sense, with Esc called what it would do."""
        searching = "stop the search" if self._searching else self._leave
        does = "stop" if self.state.signing_in is not None else searching
        return tuple(replace(one, label=does) if one is BACK else one for one in super().commands_now())

    def offers(self, command: Command) -> bool:
        """Leave out what makes no sense in this state."""
        return makes_sense(command, self.state)
