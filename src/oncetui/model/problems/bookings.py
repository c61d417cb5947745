"""Why a booking isn't taken, moved or canceled."""

from oncetui.model.problem import Cause, Who

PAGE_CLOSED = Cause(
    code="page-closed",
    title="The booking page takes no bookings now",
    who=Who.USER,
    what="{page} is closed: {reason}",
    why="While a calendar isn't known to be right, nobody can be booked twice.",
    next="Run: oncetui status",
)
TIME_NOT_BOOKABLE = Cause(
    code="time-not-bookable",
    title="This time can't be booked",
    who=Who.USER,
    what="{start} on {page} is not free: {reason}",
    why="A page's rules, its calendars and the bookings there are decide what is free.",
    next="Choose another time: oncetui slots {page_id}",
    fields=("time",),
)
TIME_TAKEN = Cause(
    code="time-taken",
    title="Somebody else was quicker",
    who=Who.USER,
    what="{start} on {page} was taken a moment ago. {reason}",
    why="The calendar and the other bookings are asked once more before a booking is confirmed.",
    next="Choose another time: oncetui slots {page_id}",
    fields=("time",),
)
NOT_YET_CONFIRMED = Cause(
    code="booking-waits",
    title="The booking waits for the calendar",
    who=Who.RETRY,
    what="The time is held by booking {booking}, and the calendar could not be asked yet.",
    why="Exchange did not answer in time.",
    next="Wait: it is confirmed or refused by itself; see: oncetui activity",
)
NO_SUCH_BOOKING = Cause(
    code="no-such-booking",
    title="There is no such booking",
    who=Who.USER,
    what="There is no booking {booking}.",
    why="Ids are listed by: oncetui activity",
    next="Give the id of a booking, as in: oncetui activity cancel k7m2q9xw",
    fields=("booking",),
)
BOOKING_ENDED = Cause(
    code="booking-ended",
    title="This booking no longer stands",
    who=Who.USER,
    what="Booking {booking} is {status} and can't be changed any more.",
    why="Only bookings that stand are moved or canceled.",
    next="Make a new booking: oncetui book {page_id} TIME --name NAME --email EMAIL",
    fields=("booking",),
)
ANOTHER_INSTALLATION = Cause(
    code="another-installation-books",
    title="Another installation books into this calendar",
    who=Who.USER,
    what="{calendar} holds {bookings} to come of another installation of oncetui.",
    why="Such a booking can be moved and canceled only where it was made, and two installations may offer "
    "the same time in the same second: the later one then yields. One for a mailbox is best.",
    next="To take them over: press a, then o, or run: oncetui activity adopt",
    fields=("calendar",),
    signal="stamped events to come whose bookings are not kept here",
    works=True,
)
OUTBOX_WAITS = Cause(
    code="outbox-waits",
    title="Bookings wait for the calendar",
    who=Who.RETRY,
    what="{bookings} for the calendar.",
    why="What could not be written or removed there yet is kept, and its time is held.",
    next="It is done by itself once the calendar can be written; see: oncetui activity",
    works=True,
)
