"""What can come between a booking and its calendar event."""

from oncetui.model.problem import Cause, Who

EVENT_CHANGED = Cause(
    code="event-changed",
    title="The calendar event was changed meanwhile",
    who=Who.RETRY,
    what="The event in {calendar} was changed between the look at it and the writing.",
    why="Somebody edited it in the same moment: the server answers {response_code}.",
    next="Wait: it is looked at again by itself.",
    signal="ErrorIrresolvableConflict while an event is written",
)
EVENT_GONE = Cause(
    code="event-gone",
    title="The calendar event is no longer there",
    who=Who.RETRY,
    what="The event in {calendar} was deleted or moved between the look at it and the writing.",
    why="The server answers {response_code}.",
    next="Wait: it is looked for again by itself.",
    signal="ErrorItemNotFound while an event is written",
)
