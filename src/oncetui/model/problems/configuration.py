"""Settings of booking pages that let bookings or events slip through."""

from oncetui.model.problem import Cause, Who

NO_MAIN_CALENDAR = Cause(
    code="no-main-calendar",
    title="A booking page has no main booking calendar",
    who=Who.USER,
    what="{page} has no main booking calendar.",
    why="Its bookings would go nowhere, so it accepts none.",
    next="Choose its calendars: press c, or run: oncetui pages calendars {page_id} --main CALENDAR",
    fields=("calendar",),
    diagnosis=("85",),
)
CALENDAR_UNREADABLE = Cause(
    code="calendar-unreadable",
    title="A calendar can't be read",
    who=Who.USER,
    what="{calendar} can't be read: {reason}",
    why="It was deleted, or is no longer shared with you. Only the pages that use it are closed.",
    next="Ask its owner, or choose other calendars: press c.",
    fields=("calendar",),
    diagnosis=("69", "76"),
)
CALENDAR_NOT_SHARED = Cause(
    code="calendar-not-shared",
    title="No calendar of this address can be read",
    who=Who.USER,
    what="There is no calendar of {address} that you may read.",
    why="The address is not right, or its calendar is not shared with you.",
    next="Correct the address, or ask its owner to share the calendar.",
    fields=("calendar",),
    diagnosis=("76",),
)
MAILBOX_IN_USE = Cause(
    code="mailbox-in-use",
    title="Another profile is connected to this mailbox",
    who=Who.USER,
    what="The profile {profile} is connected to {mailbox} already.",
    why="Two profiles on one mailbox would book over each other.",
    next="Use that profile, as in: oncetui --profile {profile} status",
    fields=("email",),
)
OTHER_MAILBOX = Cause(
    code="other-mailbox",
    title="This profile is connected to another mailbox",
    who=Who.USER,
    what="This profile is connected to {mailbox}.",
    why="Another mailbox wants a profile of its own, or a Disconnect first.",
    next="Run: oncetui --profile NAME setup",
    fields=("email",),
)
