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
)
MAILBOX_DENIED = Cause(
    code="mailbox-denied",
    title="No access to this mailbox",
    who=Who.IT,
    what="{username} may sign in, but not open the mailbox {mailbox}.",
    why="The account has no rights on it.",
    next="Ask IT to grant {username} access to {mailbox}, or use the account of its owner.",
    diagnosis=("68",),
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
)
TEMPORARILY_UNAVAILABLE = Cause(
    code="mailbox-unavailable",
    title="The mailbox is not available at the moment",
    who=Who.RETRY,
    what="Exchange can't open the mailbox at the moment.",
    why="It is being moved, or its database is down: the server answers {response_code}.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("71", "72", "75"),
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
)
QUOTA_OR_LICENCE = Cause(
    code="mailbox-full-or-unlicensed",
    title="The mailbox may not be used",
    who=Who.IT,
    what="Exchange answers {response_code}.",
    why="The mailbox is full, or has no licence.",
    next="Ask IT about the quota and the licence of {mailbox}.",
    diagnosis=("77",),
)
