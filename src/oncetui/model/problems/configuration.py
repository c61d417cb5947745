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
    signal="a booking page without a main booking calendar",
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
    signal="a calendar that a page relies on couldn't be read; the others were",
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
    signal="the calendar of an address that is added can't be opened",
)
MAILBOX_IN_USE = Cause(
    code="mailbox-in-use",
    title="Another profile is connected to this mailbox",
    who=Who.USER,
    what="The profile {profile} is connected to {mailbox} already.",
    why="Two profiles on one mailbox would book over each other.",
    next="Use that profile, as in: oncetui --profile {profile} status",
    fields=("email",),
    signal="another profile of the same home names the same mailbox",
)
OTHER_MAILBOX = Cause(
    code="other-mailbox",
    title="This profile is connected to another mailbox",
    who=Who.USER,
    what="This profile is connected to {mailbox}.",
    why="Another mailbox wants a profile of its own, or a Disconnect first.",
    next="Run: oncetui --profile NAME setup",
    fields=("email",),
    signal="setup with another mailbox than the profile's",
)
MAIN_CALENDAR_READ_ONLY = Cause(
    code="main-calendar-read-only",
    title="A booking page's main calendar can't be written to any more",
    who=Who.USER,
    what="{calendar} has become read-only, so bookings of {page} can't go into it.",
    why="Its owner took the right away, so the page accepts none.",
    next="Choose another: press c, or run: oncetui pages calendars {page_id} --main CALENDAR",
    fields=("calendar",),
    diagnosis=("85",),
    signal="the main booking calendar of a page is listed without the right to write",
)
NOTHING_BLOCKS = Cause(
    code="calendar-does-not-block",
    title="A calendar with events blocks nothing",
    who=Who.USER,
    what="{calendar} has events in the coming fortnight, and no booking page looks at it.",
    why="It isn't ticked for busy time retrieval.",
    next="If its events should block, tick it: press c, or run: oncetui pages calendars",
    fields=("calendar",),
    diagnosis=("86",),
    signal="a calendar with events in the coming fortnight that no page reads busy time from",
    works=True,
)
EVENTS_DO_NOT_BLOCK = Cause(
    code="events-do-not-block",
    title="Some events don't block",
    who=Who.USER,
    what="{events} of the coming fortnight in {calendar} won't block: marked Free.",
    why="Outlook marks all-day events Free unless somebody changes that.",
    next="Where one should block, set it to Busy in Outlook.",
    fields=("calendar",),
    diagnosis=("87",),
    signal="events of the coming fortnight with the status Free",
    works=True,
)
