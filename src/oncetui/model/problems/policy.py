"""What the server's administrators allow."""

from oncetui.model.problem import Cause, Who

EWS_SWITCHED_OFF = Cause(
    code="ews-switched-off",
    title="Exchange Web Services is switched off",
    who=Who.IT,
    what="The server says that Exchange Web Services is switched off for this user or company.",
    why="{reason}",
    next="Ask IT to switch EWS on for this mailbox: Set-CASMailbox -EwsEnabled $true",
    diagnosis=("63", "64"),
)
FORBIDDEN = Cause(
    code="forbidden",
    title="The server forbids access without saying why",
    who=Who.IT,
    what="{host} answered 403 to a sign-in that it accepted.",
    why="EWS switched off for the mailbox, IIS rules, the licence, a firewall: it doesn't tell which.",
    next="Ask IT to look at these four for {mailbox}.",
    diagnosis=("65",),
)
