"""What a person typed."""

from oncetui.model.problem import Cause, Who

EMAIL_SPELLING = Cause(
    code="email-spelling",
    title="The email address can't be right",
    who=Who.USER,
    what="{sentence}",
    why="Every search starts from the part after the @.",
    next="Correct the email address.",
    fields=("email",),
    diagnosis=("1",),
    signal="no @, spaces, or a mail domain that can't be one",
)
EWS_URL_SPELLING = Cause(
    code="ews-url-spelling",
    title="The server's address can't be right",
    who=Who.USER,
    what="{sentence}",
    why="It is the address of Exchange Web Services, as in https://mail.contoso.example/EWS/Exchange.asmx.",
    next="Correct the EWS URL.",
    fields=("ews_url",),
    diagnosis=("2",),
    signal="an address that can't be made an EWS URL of; any other spelling is put right before one's eyes",
)
USER_NAME_SPELLING = Cause(
    code="user-name-spelling",
    title="The user name can't be right",
    who=Who.USER,
    what="{sentence}",
    why=r"A Windows user name is a domain, one backslash and a name, as in CONTOSO\anna.",
    next=r"Correct Domain\UserName, or leave it empty.",
    fields=("username",),
    diagnosis=("1",),
    signal="a slash, or two backslashes, between domain and name",
)
PASSWORD_MISSING = Cause(
    code="password-missing",
    title="The password is missing",
    who=Who.USER,
    what="No password was given.",
    why="Exchange wants one for {mailbox}.",
    next="Enter the password of the mailbox.",
    fields=("password",),
    signal="an empty password",
)
