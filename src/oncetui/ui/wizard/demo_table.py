"""The demo's mailboxes, to be typed off."""

from textual.content import Content
from textual.widgets import Static

from oncetui.ui.services import DemoMailbox, DemoMailboxes


class DemoTable(Static):
    """Email, password and what else each mailbox asks for; one row once an email is chosen."""

    def __init__(self, demo: DemoMailboxes) -> None:
        super().__init__(markup=False)
        self._mailboxes = demo.mailboxes
        self._shown: tuple[DemoMailbox, ...] = ()

    def show(self, email: str) -> None:
        """Leave the other mailboxes out while this one is being connected."""
        chosen = tuple(one for one in self._mailboxes if one.email == email.lower())
        shown = chosen or self._mailboxes
        if shown != self._shown:
            self._shown = shown
            self.update(_row(shown[0]) if chosen else _table(shown))


def _table(mailboxes: tuple[DemoMailbox, ...]) -> Content:
    email = max((len(one.email) for one in mailboxes), default=0) + 3
    password = max((len(one.password) for one in mailboxes), default=0) + 3
    lines = [Content.assemble(("  Mailboxes to try", "bold"), ("   ctrl+p breaks the server", "$text-muted"))]
    for one in mailboxes:
        needs = " and ".join(label for label, _ in one.needs)
        row = ("    ", one.email.ljust(email), one.password.ljust(password), (needs, "$text-muted"))
        lines.append(Content.assemble(*row))
    return Content("\n").join(lines)


def _row(one: DemoMailbox) -> Content:
    typed = [one.password, *(value for _, value in one.needs)]
    return Content.assemble(("  To type here   ", "bold"), "   ".join(typed))
