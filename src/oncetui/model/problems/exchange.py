"""What Exchange itself answers."""

from oncetui.model.problem import Cause, Who

MAILBOX_UNKNOWN = Cause(
    code="mailbox-unknown",
    title="The server has no such mailbox",
    who=Who.USER,
    what="{username} may sign in, but there is no mailbox {mailbox} on this server.",
    why="The address is misspelt or an alias, or the mailbox lives elsewhere.",
    next="Check the email address.",
    fields=("email", "username"),
    diagnosis=("66",),
    signal="ErrorNonExistentMailbox, ErrorMissingEmailAddress, ErrorInvalidSmtpAddress",
)
MAILBOX_DENIED = Cause(
    code="mailbox-denied",
    title="No access to this mailbox",
    who=Who.IT,
    what="{username} may sign in, but not open the mailbox {mailbox}.",
    why="The account has no rights on it.",
    next="Ask IT to grant {username} access to {mailbox}, or use the account of its owner.",
    diagnosis=("68",),
    signal="ErrorAccessDenied, ErrorImpersonateUserDenied and their like",
)
CALENDAR_MISSING = Cause(
    code="calendar-missing",
    title="The calendar is no longer there",
    who=Who.USER,
    what="The calendar {calendar} was deleted, or is no longer shared with you.",
    why="The server answers {response_code}.",
    next="Choose the calendars of the booking page again.",
    fields=("calendar",),
    diagnosis=("69",),
    signal="ErrorFolderNotFound, ErrorNoCalendar; for a shared calendar ErrorAccessDenied too",
)
CALENDAR_READ_ONLY = Cause(
    code="calendar-read-only",
    title="The calendar can't be written to",
    who=Who.USER,
    what="Bookings can't go into {calendar}: it is read-only.",
    why="The server answers {response_code}.",
    next="Choose another main booking calendar.",
    fields=("calendar",),
    diagnosis=("70",),
    signal="ErrorCreateItemAccessDenied",
)
TEMPORARILY_UNAVAILABLE = Cause(
    code="mailbox-unavailable",
    title="The mailbox is not available at the moment",
    who=Who.RETRY,
    what="Exchange can't open the mailbox at the moment.",
    why="It is being moved, or its database is down: the server answers {response_code}.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("71",),
    signal="ErrorMailboxMoveInProgress, ErrorMailboxStoreUnavailable, ErrorADUnavailable and their like",
)
THROTTLED = Cause(
    code="throttled",
    title="The server asks us to wait",
    who=Who.RETRY,
    what="Exchange is busy and asks for a pause of {seconds} s.",
    why="Too many requests at once, from here or from others.",
    next="Wait: it goes on by itself.",
    visible_after=60,
    diagnosis=("74",),
    signal="ErrorServerBusy with its wait, 429, or 503 of Exchange with Retry-After",
)
MAILBOX_ON_ANOTHER_SERVER = Cause(
    code="mailbox-on-another-server",
    title="The mailbox is served by another server",
    who=Who.RETRY,
    what="{host} can't serve the mailbox: another server of the company has it.",
    why="It was moved to another site or version: the server answers {response_code}.",
    next="Wait: it is tried again by itself. If it lasts an hour, run oncetui setup to search anew.",
    visible_after=30,
    diagnosis=("72",),
    signal="ErrorCrossSiteRequest, ErrorProxyRequestNotAllowed, ErrorWrongServerVersion and their like",
)
ALIAS_USED = Cause(
    code="alias-used",
    title="The address is an alias",
    who=Who.USER,
    what="{mailbox} is another name of a mailbox, not its main address.",
    why="Exchange opens a mailbox by its main address only.",
    next="Enter the main address instead.",
    fields=("email",),
    diagnosis=("67",),
    signal="ErrorNonPrimarySmtpAddress without the main address, or for that one as well",
)
ALIAS_CORRECTED = Cause(
    code="mailbox-alias",
    title="The address is an alias, and was corrected",
    who=Who.USER,
    what="{mailbox} is another name of {address}, and that main address was used.",
    why="Exchange opens a mailbox by its main address only.",
    next="Nothing is to be done.",
    diagnosis=("67",),
    signal="ErrorNonPrimarySmtpAddress with the main address, which then opens the mailbox",
    works=True,
)
SCHEMA_REFUSED = Cause(
    code="schema-refused",
    title="The server is older than oncetui can speak to",
    who=Who.IT,
    what="{host} understands no version of Exchange Web Services that oncetui speaks.",
    why="Older versions were tried one after the other; Exchange 2010 is the oldest that works.",
    next="Ask IT which version of Exchange {host} runs.",
    diagnosis=("73",),
    signal="ErrorInvalidServerVersion; an older version is spoken at once, and this told where none is left",
)
CHANGES_LOST = Cause(
    code="changes-lost",
    title="The server has lost track of the changes",
    who=Who.RETRY,
    what="Exchange no longer knows what it told last.",
    why="It restarted, or too much time went by: the server answers {response_code}.",
    next="Wait: everything is read anew by itself.",
    visible_after=30,
    diagnosis=("75",),
    signal="ErrorSubscriptionNotFound, ErrorInvalidSyncStateData and their like; all is read anew",
)
FREE_BUSY_REFUSED = Cause(
    code="free-busy-refused",
    title="The busy times of a calendar can't be read",
    who=Who.USER,
    what="The busy times of {calendar} can't be read.",
    why="Its owner does not share them: the server answers {response_code}. "
    "Only the pages that use it are closed.",
    next="Ask its owner to share at least free and busy, or choose other calendars.",
    fields=("calendar",),
    diagnosis=("76",),
    signal="ErrorNoFreeBusyAccess, ErrorFreeBusyGenerationFailed, ErrorMailRecipientNotFound",
)
TOO_MUCH_AT_ONCE = Cause(
    code="too-much-at-once",
    title="The server gives less at once",
    who=Who.RETRY,
    what="Exchange finds the span of time too long for one answer.",
    why="The server answers {response_code}.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("76", "77"),
    signal="ErrorCalendarViewRangeTooBig, ErrorResultSetTooBig",
)
MAILBOX_FULL = Cause(
    code="mailbox-full",
    title="The mailbox is full",
    who=Who.USER,
    what="The mailbox {mailbox} is full, so nothing can be written into it.",
    why="The server answers {response_code}.",
    next="Delete something large in Outlook, and empty Deleted Items; then reconnect.",
    diagnosis=("77",),
    signal="ErrorQuotaExceeded",
)
MAILBOX_UNLICENSED = Cause(
    code="mailbox-unlicensed",
    title="The mailbox has no licence",
    who=Who.IT,
    what="Exchange says that {mailbox} has no licence to be used this way.",
    why="The server answers {response_code}.",
    next="Ask IT about the licence of {mailbox}.",
    diagnosis=("77",),
    signal="ErrorInvalidLicense",
)
ACCOUNT_NOT_ACCEPTED = Cause(
    code="account-not-accepted",
    title="Exchange does not accept this account",
    who=Who.IT,
    what="{username} signs in, but Exchange does not accept the account.",
    why="It has no place in the directory that Exchange can use: the server answers {response_code}.",
    next="Ask IT to look at the account {username} in the directory.",
    diagnosis=("78",),
    signal="ErrorCallerIsInvalidADAccount, ErrorMailboxLogonFailed, ErrorInvalidAuthorizationContext",
)
