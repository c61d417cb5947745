"""The check itself, from what was typed to the booking pages."""

import contextlib

from oncetui.connector.checkup.entering import signed_in
from oncetui.connector.checkup.finding import found_for
from oncetui.connector.checkup.here import leave_out, look_here
from oncetui.connector.checkup.reading import read_mailbox
from oncetui.connector.checkup.subject import EVERYTHING_AS_SAVED, CheckWishes, Subject, subject_of
from oncetui.connector.known_places import as_known
from oncetui.model.cancellation import Cancellation
from oncetui.model.checkup import Checkup, Stage
from oncetui.model.course import Course, NotTriedError, Told
from oncetui.model.discovering import FoundServer
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile


def check_up(
    profile: Profile,
    wishes: CheckWishes = EVERYTHING_AS_SAVED,
    cancellation: Cancellation | None = None,
    told: Told = lambda _result: None,
) -> Checkup:
    """Go through all stages until one fails, telling of each as it happens; it blocks, for a worker thread.

    Settings, drafts, state and problem stay as they are. At most one sign-in can be refused, and a kept
    secret that was refused is never sent again. Raises `NothingToCheckError` and `CancelledByUserError`.
    """
    cancellation = cancellation if cancellation is not None else Cancellation()
    course = Course(profile.clock.monotonic, told)
    with contextlib.suppress(NotTriedError, ProblemError):
        with course.stage(Stage.INPUT) as notes:
            subject = subject_of(profile, wishes, notes)
        _go(profile, subject, course, cancellation)
    cancellation.raise_if_cancelled()
    return course.finished()


def _go(profile: Profile, subject: Subject, course: Course, cancellation: Cancellation) -> None:
    if subject.as_saved:
        course.meaning = as_known
    with course.stage(Stage.DNS, goes_on=True) as notes:
        found = found_for(profile, subject, notes, cancellation)
    url = found.ews_url if isinstance(found, FoundServer) else found.url
    probe = profile.examiner.examine(url, subject.route, course, cancellation)
    with course.stage(Stage.SIGN_IN) as notes:
        gateway = signed_in(profile, subject, found, probe, notes=notes, cancellation=cancellation)
    with contextlib.closing(gateway), cancellation.waking(gateway.close):
        listed = read_mailbox(profile, subject, gateway, course, cancellation)
    if subject.saved is None:
        leave_out(course)
    look_here(profile, listed, course)
