"""How a command ends: its exit code, and what it says where it fails."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from oncetui.cli.printing import print_object, print_text
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.problem import Problem, ProblemError

GOOD = 0
OUR_FAULT = 1
WRONG_INPUT = 2
TEMPORARY = 3
CANCELLED = 130


def outcome_of(arguments: Sequence[str]) -> int:
    """Run a command line, print what went wrong in words or as one JSON object, and return the exit code."""
    try:
        return _outcome_of(arguments)
    except OSError:
        # What went wrong can't be told either: the reader has gone, or the disk behind the output is full.
        return _nobody_reads()


def _outcome_of(arguments: Sequence[str]) -> int:
    as_json, verbose = "--json" in arguments, "--verbose" in arguments
    try:
        from oncetui.cli.root import root

        told = root.main(args=list(arguments), prog_name="oncetui", standalone_mode=False)
    except click.ClickException as error:
        return _usage(error, as_json=as_json)
    except ProblemError as error:
        return _problem(error.problem, as_json=as_json)
    except (click.Abort, KeyboardInterrupt, CancelledByUserError):
        return _cancelled(as_json=as_json)
    except BrokenPipeError:
        return _nobody_reads()
    except Exception as error:  # noqa: BLE001  # the last place: told as ours, with its place where asked for
        return _our_fault(error, as_json=as_json, verbose=verbose)
    return told if isinstance(told, int) else GOOD


def _problem(problem: Problem, *, as_json: bool) -> int:
    if as_json:
        print_object({"schema": 1, "problem": problem.as_json()})
    else:
        from oncetui.plain.problem_text import problem_lines

        print_text("\n".join(problem_lines(problem)), to_person=True)
    return exit_code_for(problem)


def exit_code_for(problem: Problem) -> int:
    """Return the exit code of a command that ended in a problem: 2 where what was given can't stand."""
    from oncetui.model.problem import Cause
    from oncetui.model.problems import typing
    from oncetui.model.problems.configuration import OTHER_MAILBOX
    from oncetui.model.status import exit_code_of

    wrong_input = {cause.code for cause in vars(typing).values() if isinstance(cause, Cause)}
    return WRONG_INPUT if problem.code in {*wrong_input, OTHER_MAILBOX.code} else exit_code_of(problem)


def _usage(error: click.ClickException, *, as_json: bool) -> int:
    sentence = error.format_message()
    if as_json:
        print_object(_told("usage", "The command can't be understood", sentence, "user"))
        return WRONG_INPUT
    print_text(f"oncetui: {sentence}", to_person=True)
    return WRONG_INPUT


def _cancelled(*, as_json: bool) -> int:
    if as_json:
        print_object(_told("cancelled", "Cancelled", "It was cancelled; nothing was changed by it.", "user"))
    else:
        print_text("Cancelled.", to_person=True)
    return CANCELLED


def _our_fault(error: Exception, *, as_json: bool, verbose: bool) -> int:
    sentence = f"This is a fault of oncetui itself ({type(error).__name__}); nothing is known to be lost."
    if as_json:
        print_object(_told("our-fault", "A fault of oncetui", sentence, "it"))
    else:
        hint = "" if verbose else " Run it with --verbose to see where it happened."
        print_text(f"oncetui: {sentence}{hint}", to_person=True)
    if verbose:
        print_text(_places(error), to_person=True)
    return OUR_FAULT


def _places(error: BaseException) -> str:
    """Return where it happened, cause first: never the texts or variables, which may hold what is secret."""
    import traceback

    before = error.__cause__ or error.__context__
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    told = "\n".join([type(error).__name__, *lines])
    return told if before is None else f"{_places(before)}\n{told}"


def _told(code: str, title: str, sentence: str, who: str) -> dict[str, Any]:
    problem = {
        "code": code,
        "title": title,
        "who": who,
        "fields": [],
        "what": sentence,
        "why": "",
        "next": "",
        "evidence": {},
    }
    return {"schema": 1, "problem": problem}


def _nobody_reads() -> int:
    # What is still to be flushed at the end has to go nowhere.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    return OUR_FAULT
