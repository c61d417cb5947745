"""What came of work on a booking, as one sentence for the screen."""

from oncetui.model.problem import Problem, Who
from oncetui.model.problems.bookings import (
    NOT_YET_CONFIRMED,
    PAGE_CLOSED,
    TIME_NOT_BOOKABLE,
    TIME_TAKEN,
)

STOPPED = "Stopped waiting. What was begun is finished by the connector, or taken back."
_TURNS = {
    Who.RETRY: "Nobody has to act: it opens again by itself.",
    Who.USER: "It needs you: see the first line of the console.",
    Who.IT: "It needs your IT support: press t on the console.",
}


def failure_sentence(problem: Problem) -> str:
    """Return why it was not done, and what to do now."""
    match problem.code:
        case PAGE_CLOSED.code:
            return f"{problem.what} {_TURNS[problem.who]}"
        case TIME_NOT_BOOKABLE.code | TIME_TAKEN.code:
            return f"{problem.what} Please choose another time."
        case NOT_YET_CONFIRMED.code:
            return (
                "The calendar could not be asked yet: the booking waits in the outbox and holds its time. "
                "It is confirmed or refused by itself."
            )
        case _:
            return f"{problem.what} {problem.next}"
