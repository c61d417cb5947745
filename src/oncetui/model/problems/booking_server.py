"""A booking server on the other side; the causes come with that part."""

from functools import partial

from oncetui.model.problem import Cause, Who

_later = partial(Cause, comes_with="a booking server")

KEY_REFUSED = _later(
    code="booking-key-refused",
    title="The booking server refuses the key",
    who=Who.USER,
    what="The booking server does not accept the API key.",
    why="It was deleted, or belongs to another account.",
    next="Make a new key in the booking account, and enter it.",
    diagnosis=("82",),
    signal="401 authentication_error",
)
KEY_LIMITED = _later(
    code="booking-key-limited",
    title="The booking server asks us to wait",
    who=Who.RETRY,
    what="The booking server takes no more requests at the moment.",
    why="The limit of the key is reached.",
    next="Wait: it goes on by itself.",
    visible_after=60,
    diagnosis=("82",),
    signal="429",
)
PAIRING_WRONG = _later(
    code="pairing-wrong",
    title="The pairing code is not right",
    who=Who.USER,
    what="The booking server does not know this pairing code; {left} attempts are left.",
    why="After six wrong codes in ten minutes it takes none for half an hour.",
    next="Look the code up in the booking account, and enter it once more.",
    diagnosis=("84",),
    signal="a refused pairing code",
)
SWITCHED_OFF_BY_OWNER = _later(
    code="switched-off-by-owner",
    title="The owner of the booking account turned this off",
    who=Who.IT,
    what="The booking account no longer offers this connection, or somebody disconnected it there.",
    why="An administrator of the account may restrict connections.",
    next="Ask the owner of the booking account.",
    diagnosis=("84a",),
    signal="the connection is gone in the booking account, without an error here",
)
PAGE_CLOSED_THERE = _later(
    code="page-closed-there",
    title="The booking page is closed for another reason",
    who=Who.USER,
    what="{page} takes no bookings, and the calendar is not the cause.",
    why="It is switched off, or a setting of it does not go with a calendar.",
    next="Look at the page's own settings in the booking account.",
    diagnosis=("84b",),
    signal="the page is inactive, or its settings exclude one another",
)
