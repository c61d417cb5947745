"""One profile a mailbox, one mailbox a profile."""

from oncetui.model.problem import ProblemError
from oncetui.model.problems.configuration import MAILBOX_IN_USE, OTHER_MAILBOX
from oncetui.model.profile import Profile


def refuse_taken(profile: Profile, mailbox: str) -> None:
    """Raise `ProblemError` where the profile has another mailbox, or the mailbox another profile.

    The mailbox that the profile has already may be set up anew.
    """
    saved = profile.settings.load()
    if saved is not None and saved.mailbox.lower() != mailbox.lower():
        raise ProblemError(OTHER_MAILBOX.problem(mailbox=saved.mailbox))
    other = profile.settings.other_profile_of(mailbox)
    if other is not None:
        raise ProblemError(MAILBOX_IN_USE.problem(profile=other, mailbox=mailbox))
