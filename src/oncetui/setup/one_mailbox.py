"""One profile a mailbox, one mailbox a profile; a mailbox may be named by any of its addresses."""

from dataclasses import replace

from oncetui.model.connection import ConnectionSettings
from oncetui.model.discovering import FoundServer, SearchResult
from oncetui.model.problem import ProblemError
from oncetui.model.problems.configuration import MAILBOX_IN_USE, OTHER_MAILBOX
from oncetui.model.problems.exchange import CALENDAR_MISSING, MAILBOX_DENIED, MAILBOX_UNKNOWN
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup.answers import Answers

_NOT_ITS_OWN = (CALENDAR_MISSING.code, MAILBOX_DENIED.code, MAILBOX_UNKNOWN.code)


def refuse_taken(profile: Profile, mailbox: str) -> None:
    """Raise `ProblemError` where the profile has another mailbox, or the mailbox another profile.

    The mailbox that the profile has already may be set up anew.
    """
    saved = profile.settings.load()
    if saved is not None and saved.mailbox.lower() != mailbox.lower():
        raise ProblemError(OTHER_MAILBOX.problem(mailbox=saved.mailbox))
    _refuse_of_another_profile(profile, mailbox)


def by_known_account(
    profile: Profile, answers: Answers, secret: Secret, search: SearchResult | None
) -> tuple[Answers, SearchResult | None]:
    """Return what to sign in with, where an address may be another one of the profile's own mailbox.

    Only the server can tell, once somebody has signed in. With the password of the profile's mailbox its own
    user name and server do that without risk; where that password was refused or can't be read, what was
    entered and found has to do. Any other password belongs to another mailbox: it is not tried on this one,
    and `ProblemError` is raised, as it is where the address has another profile.
    """
    saved = profile.settings.load()
    _refuse_of_another_profile(profile, answers.email)
    if saved is None or saved.mailbox.lower() == answers.email.lower():
        return answers, search
    if profile.connection.load().refused_version == saved.secret_version:
        return answers, search
    try:
        kept = profile.secret_places.place(saved.kept_in).load()
    except ProblemError:
        return answers, search
    if secret != kept:
        raise ProblemError(OTHER_MAILBOX.problem(mailbox=saved.mailbox))
    named = replace(answers, username=answers.username or saved.sign_in.username)
    return named, SearchResult((_known_server(saved, search),))


def _known_server(saved: ConnectionSettings, search: SearchResult | None) -> FoundServer:
    """Return the server that the password goes to already, with what a search learnt of it."""
    found = () if search is None else search.servers
    met = next((one for one in found if one.ews_url == saved.ews_url), None)
    return FoundServer(saved.ews_url, saved.found_by, probe=None if met is None else met.probe)


def told_of_another(profile: Profile, entered: str, error: ProblemError) -> ProblemError:
    """Return what it means that the profile's own account may not open the mailbox that was entered."""
    saved = profile.settings.load()
    if saved is None or saved.mailbox.lower() == entered.lower() or error.problem.code not in _NOT_ITS_OWN:
        return error
    return ProblemError(OTHER_MAILBOX.problem(mailbox=saved.mailbox))


def _refuse_of_another_profile(profile: Profile, mailbox: str) -> None:
    other = profile.settings.other_profile_of(mailbox)
    if other is not None:
        raise ProblemError(MAILBOX_IN_USE.problem(profile=other, mailbox=mailbox))
