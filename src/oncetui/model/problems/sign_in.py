"""Who may come in."""

from oncetui.model.problem import Cause, Who

PASSWORD_REFUSED = Cause(
    code="password-refused",
    title="User name or password refused",
    who=Who.USER,
    what="The server refuses the password for {username}.",
    why="The password is wrong or was changed, or the server wants the user name in another form.",
    next="Enter the password again; Outlook on the web tells whether it is right.",
    fields=("password", "username"),
    diagnosis=("39",),
)
PASSWORD_CHANGED = Cause(
    code="password-changed",
    title="The server refuses the password that worked before",
    who=Who.USER,
    what="The server refuses your password.",
    why="Most likely your Exchange password was changed.",
    next="Reconnect with the new password: press r, or run: oncetui reconnect",
    fields=("password",),
    diagnosis=("39",),
)
USER_NAME_FORM = Cause(
    code="user-name-form",
    title="The server wants the Windows user name",
    who=Who.USER,
    what="The server refuses {username}.",
    why=r"Many servers want the Windows name, as in {windows_domain}\name; or the password is wrong.",
    next=r"Enter Domain\UserName.",
    fields=("username", "password"),
    diagnosis=("40",),
)
SECRET_REFUSED_BEFORE = Cause(
    code="refused-before",
    title="This password was refused before",
    who=Who.USER,
    what="The kept password was refused before and is not sent again.",
    why="Another refusal could lock the account. If it is right after all, oncetui setup sends it anew.",
    next="Reconnect with the new password: press r, or run: oncetui reconnect",
    fields=("password",),
    diagnosis=("39",),
)
ACCOUNT_LOCKED = Cause(
    code="account-locked",
    title="The account is locked",
    who=Who.USER,
    what="The server says that the account {username} is locked.",
    why="Too many refused passwords lock it, often for 15 to 30 minutes.",
    next="Wait half an hour or ask IT to unlock it; then reconnect.",
    fields=("password",),
    diagnosis=("41",),
)
PASSWORD_EXPIRED = Cause(
    code="password-expired",
    title="The password has expired",
    who=Who.USER,
    what="The password of {username} has expired.",
    why="The company's rules want a new one from time to time.",
    next="Change it in Outlook on the web or in Windows; then reconnect.",
    fields=("password",),
    diagnosis=("51",),
)
ACCOUNT_DISABLED = Cause(
    code="account-disabled",
    title="The account is switched off",
    who=Who.IT,
    what="The server says that the account {username} is disabled.",
    why="An administrator did that.",
    next="Ask IT to enable the account.",
    diagnosis=("52",),
)
MODERN_SIGN_IN_ONLY = Cause(
    code="modern-sign-in-only",
    title="The server wants a sign-in by browser",
    who=Who.IT,
    what="{host} accepts no passwords from programs (it offers {offered}).",
    why="Only modern authentication is switched on, which oncetui does not have yet.",
    next="Ask IT whether NTLM or Basic may be switched on for /EWS.",
    diagnosis=("44", "53"),
)
NO_SCHEME = Cause(
    code="no-sign-in-offered",
    title="The server asks for a sign-in but offers none",
    who=Who.RETRY,
    what="{host} answered 401 without saying how to sign in.",
    why="A proxy strips that, or the server is throttling.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    diagnosis=("45",),
)
MICROSOFT_365 = Cause(
    code="microsoft-365",
    title="This mailbox lives in Microsoft 365",
    who=Who.USER,
    what="{mailbox} is a Microsoft 365 mailbox.",
    why="Microsoft 365 takes neither passwords nor app passwords from programs any more, "
    "and oncetui can't sign in by browser yet.",
    next="Use a mailbox on an Exchange server of your own; Microsoft 365 comes later.",
    fields=("email",),
    diagnosis=("14", "54"),
)
