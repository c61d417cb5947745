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
    signal="401 in answer to the password, and the schemes are offered as before",
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
    signal="401 for a password that worked before, and the schemes are offered as before",
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
    signal="401 for an email address as user name, from a server that names a Windows domain",
)
SECRET_REFUSED_BEFORE = Cause(
    code="refused-before",
    title="This password was refused before",
    who=Who.USER,
    what="This password was refused before and is not sent again.",
    why="Another refusal could lock the account. Where it is right after all, run: "
    "oncetui reconnect --send-again",
    next="Reconnect with the new password: press r, or run: oncetui reconnect",
    fields=("password",),
    diagnosis=("39",),
    signal="the kept password is one that the server refused; it is compared here and not sent",
)
LOCK_OUT_NEAR = Cause(
    code="lock-out-near",
    title="Another refused sign-in could lock the account",
    who=Who.USER,
    what="The server refused {refusals} sign-ins lately; one more could lock the account. Nothing was sent.",
    why="Companies lock an account after three to ten refusals within half an hour.",
    next="Wait until {safe_at}, when it is safe again, or make sure of the password first.",
    fields=("password",),
    signal="two or more refused sign-ins of this mailbox, each within half an hour of the next",
    diagnosis=("41",),
)
SIGN_IN_UNDER_WAY = Cause(
    code="sign-in-under-way",
    title="Another sign-in is under way",
    who=Who.RETRY,
    what="Another process of this profile has been signing in for over {seconds} s.",
    why="Two at once with a wrong password would be two refusals, and bring the account nearer to a lock.",
    next="Try again in a moment.",
)
SIGN_IN_UNANSWERED = Cause(
    code="sign-in-unanswered",
    title="Sign-ins were broken off on this computer",
    who=Who.RETRY,
    what="oncetui was ended in the middle of signing in as {username}, more than once within half an hour.",
    why="Each may have been a refusal that nobody heard of; one more could lock the account.",
    next="Wait: it is tried again by itself. To try at once, reconnect and type the password.",
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
    signal="an answer that says that the account is locked out",
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
    signal="ErrorPasswordExpired or ErrorPasswordChangeRequired; or a refusal once the day has come "
    "that Exchange told",
)
PASSWORD_EXPIRES_SOON = Cause(
    code="password-expires-soon",
    title="The password runs out soon",
    who=Who.USER,
    what="Your Exchange password {runs_out}.",
    why="The company's rules want a new one from time to time; with the old one the connection then fails.",
    next="Change it in Outlook on the web or in Windows; then press r, or run: oncetui reconnect",
    fields=("password",),
    diagnosis=("51",),
    signal="GetPasswordExpirationDate tells a moment of the coming 14 days",
    works=True,
)
ACCOUNT_DISABLED = Cause(
    code="account-disabled",
    title="The account is switched off",
    who=Who.IT,
    what="The server says that the account {username} is disabled.",
    why="An administrator did that.",
    next="Ask IT to enable the account.",
    diagnosis=("52",),
    signal="ErrorAccountDisabled",
)
MODERN_SIGN_IN_ONLY = Cause(
    code="modern-sign-in-only",
    title="The server wants a sign-in by browser",
    who=Who.IT,
    what="{host} accepts no passwords from programs (it offers {offered}).",
    why="Only modern authentication is switched on, which oncetui does not have yet.",
    next="Ask IT whether NTLM or Basic may be switched on for /EWS.",
    diagnosis=("44",),
    signal="401 that offers Bearer and no scheme that takes a password",
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
    signal="401 without WWW-Authenticate",
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
    signal="Autodiscover or a redirect that leads to Microsoft 365",
)
WINDOWS_SIGN_IN = Cause(
    code="windows-sign-in",
    title="Signed in the Windows way",
    who=Who.USER,
    what="{host} takes the Windows sign-in (NTLM), which keeps the password to itself.",
    why="The server offers no Basic sign-in.",
    next="Nothing is to be done.",
    diagnosis=("42",),
    signal="401 that offers Negotiate or NTLM, and no Basic",
    works=True,
)
BASIC_SIGN_IN = Cause(
    code="basic-sign-in",
    title="Signed in with Basic",
    who=Who.USER,
    what="{host} takes the password itself, within the encryption (Basic).",
    why="The server offers nothing else.",
    next="Nothing is to be done.",
    diagnosis=("43",),
    signal="401 that offers Basic only",
    works=True,
)
EXTENDED_PROTECTION = Cause(
    code="extended-protection",
    title="Something between you and Exchange swaps the certificate",
    who=Who.IT,
    what="{host} refuses the Windows sign-in over this connection; the password may well be right.",
    why="Exchange compares the certificate that you see with its own (Extended Protection), and they differ.",
    next="Ask IT to let the connection to {host} through without opening its encryption; then reconnect.",
    depends_on="tls-inspection",
    diagnosis=("46",),
    signal="401 for NTLM with the password that worked, and another certificate than when it did, a day ago "
    "at most",
)
OLD_NTLM_WANTED = Cause(
    code="old-ntlm-wanted",
    title="The server's rules for NTLM don't fit",
    who=Who.IT,
    what="{host} refuses NTLM version 2, the only one that oncetui speaks.",
    why="Its LAN Manager authentication level is set to an old version.",
    next="Ask IT to set the LAN Manager authentication level of {host} to NTLMv2.",
    diagnosis=("47",),
    signal="401 for NTLM with the right password; it looks like a wrong one, so it is never told by itself",
)
CONNECTION_NOT_KEPT = Cause(
    code="sign-in-cut-in-two",
    title="The Windows sign-in is cut in two",
    who=Who.IT,
    what="The connection to {host} is closed in the middle of the Windows sign-in.",
    why="NTLM signs one connection in, in two steps; a load balancer puts them on two connections.",
    next="Ask IT to keep connections to {host} open between requests (keep-alive, affinity).",
    diagnosis=("48",),
    signal="the connection closes between the steps of NTLM",
)
SCHEME_SWITCHED_OFF = Cause(
    code="scheme-switched-off",
    title="The server no longer takes passwords this way",
    who=Who.IT,
    what="{host} has switched off the sign-in that worked before.",
    why="It offers {offered} now.",
    next="Ask IT whether that is meant; to sign in another way, run: oncetui reconnect",
    diagnosis=("53",),
    signal="401 that offers other schemes than before, or a policy that blocks legacy sign-in",
)
SIGN_IN_ON_THE_WEB = Cause(
    code="sign-in-on-the-web",
    title="The account has to sign in on the web first",
    who=Who.USER,
    what="The server holds {username} back until it signs in to Outlook on the web.",
    why="The account is blocked, or has terms or a second factor to agree to.",
    next="Sign in to Outlook on the web once, and do what it asks; then reconnect.",
    diagnosis=("55",),
    signal="HTTP 456",
)
TOKEN_NOT_ACCEPTED = Cause(
    code="token-not-accepted",
    title="Exchange does not accept the sign-in's token",
    who=Who.IT,
    what="{host} turns the token of the sign-in down ({diagnostics}).",
    why="It was made for another service, lacks a permission, or is held to be too weak.",
    next="Ask IT to look at the number {diagnostics} in the sign-in logs of the app.",
    diagnosis=("62",),
    signal="401 with x-ms-diagnostics, whose number is shown",
)
