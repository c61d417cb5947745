"""A glance at the mailbox's own calendars on which no booking page looks, so that none is overlooked.

A calendar that isn't ticked is otherwise never read, and nothing could warn that its events don't block.
"""

from oncetui.connector.checking import GenerationOverError, calendars_to_read, concerns_one_calendar
from oncetui.model.oversights import coming_fortnight
from oncetui.model.ports import CalendarGateway, Reading
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile


def glance(profile: Profile, gateway: CalendarGateway, generation: int) -> None:
    """Keep of each such calendar the next event of the coming fortnight that would block, and nothing else.

    One request a calendar. Its busy time stays unknown: once it is ticked it is read in full. A calendar
    that can't be read is passed over. Raises `ProblemError` where the connection itself is at fault.
    """
    read = {calendar.id for calendar in calendars_to_read(profile)}
    window = coming_fortnight(profile.clock.now())
    for calendar in profile.busy.calendars():
        if calendar.id in read or calendar.owner is not None:
            continue
        try:
            events = gateway.busy_time(calendar, window)
        except ProblemError as error:
            if not concerns_one_calendar(error.problem, calendar):
                raise
            continue
        blocking = sorted(
            (one for one in events if one.showing.blocks and one.start < one.end), key=lambda one: one.start
        )
        if not profile.busy.take_reading(
            calendar.id, Reading((window,), tuple(blocking[:1]), None, None, window), generation
        ):
            raise GenerationOverError
