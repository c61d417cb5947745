"""What the server's administrators allow."""

from oncetui.model.problem import Cause, Who

EWS_SWITCHED_OFF = Cause(
    code="ews-switched-off",
    title="Exchange Web Services is switched off",
    who=Who.IT,
    what="The server says that Exchange Web Services is switched off for this user or company.",
    why="An administrator did that, or Microsoft did for the whole of Microsoft 365.",
    next="Ask IT to switch EWS on for this mailbox: Set-CASMailbox -EwsEnabled $true",
    diagnosis=("63",),
    signal="403 whose X-EWS-Policy-Reason says that EWS is disabled, or ErrorEWSNotEnabled",
)
PROGRAM_NOT_ALLOWED = Cause(
    code="program-not-allowed",
    title="The server does not let this program in",
    who=Who.IT,
    what="The server lets in only programs that its administrators have listed.",
    why="A policy on Exchange Web Services names the programs that may use it, and this one isn't named.",
    next="Ask IT to allow the user agent oncetui/*: Set-OrganizationConfig -EwsAllowList",
    diagnosis=("64",),
    signal="403 whose X-EWS-Policy-Reason says that a policy blocks the program",
)
FORBIDDEN = Cause(
    code="forbidden",
    title="The server forbids access without saying why",
    who=Who.IT,
    what="{host} answered 403 to a sign-in that it accepted.",
    why="EWS switched off for the mailbox, IIS rules, the licence, a firewall: it doesn't tell which.",
    next="Ask IT to look at these four for {mailbox}.",
    diagnosis=("65",),
    signal="403 of Exchange with no reason, or with one that isn't known",
)
