"""The calendars step line by line."""

from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.plain.console_io import CAUTION, ConsoleIO
from oncetui.setup.calendar_choice import (
    CalendarChoice,
    ChoiceRow,
    additional_toggled,
    busy_toggled,
    main_chosen,
)
from oncetui.setup.sharing import add_shared
from oncetui.setup.signing_in import SignedIn


def ask_calendars(
    io: ConsoleIO, signed_in: SignedIn, choice: CalendarChoice, cancellation: Cancellation
) -> CalendarChoice:
    """Ask which calendars bookings go into and which make busy, and say what it comes to."""
    choice = _with_shared(io, signed_in, choice, cancellation)
    io.show()
    io.show(choice.title)
    for number, row in enumerate(choice.rows, 1):
        io.show(f"  {number}  {row.calendar.name}{f'  ({row.remark})' if row.remark else ''}")
    choice = _ask_main(io, choice)
    choice = _ask_additional(io, choice)
    choice = _ask_busy(io, choice)
    for sentence in choice.sentences:
        io.show(sentence)
    if choice.warning is not None:
        io.show(f"{CAUTION} {choice.warning}")
    return choice


def _with_shared(
    io: ConsoleIO, signed_in: SignedIn, choice: CalendarChoice, cancellation: Cancellation
) -> CalendarChoice:
    while True:
        address = io.ask("Add a shared calendar, by its owner's address (Enter: none): ").strip()
        if not address:
            return choice
        try:
            choice = add_shared(signed_in, choice, address, cancellation)
            io.show(f"  {choice.said}")
        except ProblemError as error:
            io.show(f"  {CAUTION} {error.problem.what} {error.problem.next}")


def _ask_main(io: ConsoleIO, choice: CalendarChoice) -> CalendarChoice:
    now = [number for number, row in enumerate(choice.rows, 1) if row.main.on]
    while True:
        wanted = _numbers(io, "Bookings go into (one number, or none)", now, len(choice.rows))
        if len(wanted) > 1:
            io.show(f"  {CAUTION} Only one calendar can be the main one, as in: 1")
            continue
        if wanted == now:
            return choice
        changed = main_chosen(choice, _key(choice, (wanted or now)[0]))
        if not changed.refused:
            return changed
        io.show(f"  {CAUTION} {changed.said}")


def _ask_additional(io: ConsoleIO, choice: CalendarChoice) -> CalendarChoice:
    possible = [row for row in choice.rows if row.additional.possible]
    if not possible:
        return choice
    while True:
        now = [number for number, row in enumerate(choice.rows, 1) if row.additional.on]
        wanted = _numbers(io, "Bookings also go into (numbers, or none)", now, len(choice.rows))
        refused = None
        for number in sorted(set(now) ^ set(wanted)):
            choice = additional_toggled(choice, _key(choice, number))
            refused = choice.said if choice.refused else refused
        if refused is None:
            return choice
        io.show(f"  {CAUTION} {refused}")


def _ask_busy(io: ConsoleIO, choice: CalendarChoice) -> CalendarChoice:
    now = [number for number, row in enumerate(choice.rows, 1) if row.busy.on]
    wanted = _numbers(io, "Events make you busy in (numbers, or none)", now, len(choice.rows))
    for number in sorted(set(now) ^ set(wanted)):
        # The main calendar always makes busy; its sentence below says so.
        if _row(choice, number).busy.possible:
            choice = busy_toggled(choice, _key(choice, number))
    return choice


def _numbers(io: ConsoleIO, question: str, now: list[int], last: int) -> list[int]:
    shown = " ".join(map(str, now)) or "none"
    while True:
        typed = io.ask(f"{question} [{shown}]: ").replace(",", " ").split()
        if not typed:
            return now
        if [word.lower() for word in typed] in (["none"], ["-"]):
            return []
        if all(word.isdecimal() and 1 <= int(word) <= last for word in typed):
            return sorted({int(word) for word in typed})
        io.show(f"  {CAUTION} Please enter numbers from 1 to {last}, as in: {' '.join('12'[:last])}")


def _row(choice: CalendarChoice, number: int) -> ChoiceRow:
    return choice.rows[number - 1]


def _key(choice: CalendarChoice, number: int) -> str:
    return _row(choice, number).calendar.id
