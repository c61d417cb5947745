"""Finding the server for a check, without credentials: every place that is asked becomes evidence."""

from oncetui.connector.checkup.subject import Subject
from oncetui.model.cancellation import Cancellation
from oncetui.model.course import Notes
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, Signpost
from oncetui.model.problem import ProblemError
from oncetui.model.problems.autodiscover import NO_SERVER_FOUND
from oncetui.model.profile import Profile
from oncetui.model.spelling import mail_domain


def found_for(
    profile: Profile, subject: Subject, notes: Notes, cancellation: Cancellation
) -> FoundServer | Signpost:
    """Return the server, or the address that names it to those who sign in; raise why there is none."""
    if subject.ews_url:
        found_by = "entered" if subject.saved is None else subject.saved.found_by
        return FoundServer(subject.ews_url, found_by)

    def told(step: SearchStep) -> None:
        if step.mark.is_final:
            notes.note(**{step.place: step.told})

    known = profile.settings.servers_of(mail_domain(subject.email))
    result = profile.discovery.search(subject.email, subject.route, told, cancellation, known)
    notes.note(searched_for=f"{result.seconds:.1f} s")
    for warning in result.warnings:
        notes.warn(warning.what)
    return _best(subject, result, notes)


def _best(subject: Subject, result: SearchResult, notes: Notes) -> FoundServer | Signpost:
    if result.provider is not None and result.problem is not None:
        raise ProblemError(result.problem)
    if result.servers:
        server = result.servers[0]
        notes.note(ews_url=server.ews_url, found_by=server.found_by)
        return server
    if result.signposts:
        signpost = result.signposts[0]
        notes.note(autodiscover=signpost.url)
        return signpost
    raise ProblemError(result.problem or NO_SERVER_FOUND.problem(domain=mail_domain(subject.email)))
