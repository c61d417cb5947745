"""The proxy step: its address, the user name and password that it asks for, and the authority behind it."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from oncetui.setup.certificates import ca_file_from
from oncetui.setup.headline import Mark
from oncetui.setup.proxies import ADDRESS_HELP, PASSWORD_HELP, USER_HELP, ProxyAsked, proxy_route
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.path_suggester import PathSuggester
from oncetui.ui.wizard.sentence import SentenceLine
from oncetui.ui.wizard.way_on import WayOn

ENTER = Command("enter", "decide", "go on", "Go on by this proxy.")
SHOW = Command("ctrl+r", "show_password", "show", "Show the password, or hide it.", first=True)
BACK = Command("escape", "back", "back", "Go back; the proxy stays as it was.", in_palette=False)


class ProxyScreen(OurScreen[WayOn | None]):
    """Asks for a proxy's address, sign-in and authority; nothing is saved before the connection works."""

    CSS_PATH = "proxy.tcss"
    ABOUT = (
        "A proxy leads from this network to others. Where it wants a sign-in, that is one of its own: your "
        "mailbox's password is not sent to it. A password that it refuses is not sent twice. Some open "
        "the encryption and close it again with certificates of their own: IT has the authority's file."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (ENTER, SHOW, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, asked: ProxyAsked, begin_at: str = "") -> None:
        super().__init__()
        self._asked = asked
        self._begin_at = begin_at

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        asked = self._asked
        yield Headline("The proxy", asked.address)
        with VerticalScroll(id="sheet", can_focus=False):
            yield SentenceLine(self.marks)
            yield Field("Proxy", id="proxy", help=ADDRESS_HELP, value=asked.address)
            yield Field("Proxy user", id="proxy_user", help=USER_HELP, value=asked.user)
            yield Field("Proxy password", id="proxy_password", help=PASSWORD_HELP, secret=True)
            yield Field("CA file", id="ca_file", help=asked.ca_file_help)
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is the matter, and begin at what is missing."""
        self.query_one(SentenceLine).show(
            self._asked.sentence, Mark.CAUTION if self._asked.in_the_way else None
        )
        self._field("ca_file").input.suggester = PathSuggester()
        self._field(self._first).focus_input()

    @property
    def _first(self) -> str:
        if self._asked.wants_ca_file or self._begin_at == "ca_file":
            return "ca_file"
        missing = "proxy_password" if self._asked.user else "proxy_user"
        return missing if self._asked.wants_password else "proxy"

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_decide()

    def action_decide(self) -> None:
        """Go on by what stands here, unless something in it can't be right."""
        address, user = self._field("proxy").value, self._field("proxy_user").value
        secret = self._field("proxy_password").secret_input.secret
        try:
            ca_file = self._ca_file()
        except ValueError as error:
            self._wrong("ca_file", str(error))
            return
        try:
            route = proxy_route(address, user, secret, ca_file)
        except ValueError as error:
            self._wrong("proxy", str(error))
            return
        same = address.strip() == self._asked.address
        if self._asked.wants_password and same and not user.strip():
            self._wrong("proxy_user", "Please enter the user name that this proxy knows you by.")
        elif route.proxy_user is not None and not secret:
            self._wrong("proxy_password", "Please enter the proxy's password.")
        elif self._asked.wants_ca_file and same and ca_file is None:
            self._wrong("ca_file", "Name the file from IT, as in ~/company-ca.pem, or correct the address.")
        else:
            self.dismiss(WayOn(route))

    def _ca_file(self) -> Path | None:
        typed = self._field("ca_file").value
        return ca_file_from(typed) if typed.strip() else None

    def action_show_password(self) -> None:
        """Show the password, or hide it."""
        self._field("proxy_password").secret_input.toggle_shown()

    def action_back(self) -> None:
        """Go back with the proxy as it was."""
        self.dismiss(None)

    def _wrong(self, name: str, sentence: str) -> None:
        self._field(name).show(error=sentence)
        self._field(name).focus_input()

    def _field(self, name: str) -> Field:
        return self.query_one(f"#{name}", Field)
