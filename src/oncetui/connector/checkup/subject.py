"""What is checked: the saved connection, or a mailbox that somebody names."""

from dataclasses import dataclass

from oncetui.model.connection import STRAIGHT, ConnectionSettings, NetworkRoute
from oncetui.model.course import Notes
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.typing import EMAIL_SPELLING, EWS_URL_SPELLING, USER_NAME_SPELLING
from oncetui.model.profile import Profile
from oncetui.model.routes import route_to_server
from oncetui.model.secret import Secret
from oncetui.model.spelling import Spelling, email_spelling, ews_url_spelling, user_name_spelling


class NothingToCheckError(Exception):
    """Nothing is connected, and no mailbox was named."""

    def __init__(self) -> None:
        super().__init__("Nothing is connected; name a mailbox, as in: oncetui check anna@contoso.example")


@dataclass(frozen=True)
class CheckWishes:
    """What a person named; an empty text is what is saved, no secret is the kept one.

    `route` is what was told of the way there beside what this run was told.
    """

    email: str = ""
    ews_url: str = ""
    username: str = ""
    secret: Secret | None = None
    route: NetworkRoute = STRAIGHT


EVERYTHING_AS_SAVED = CheckWishes()


@dataclass(frozen=True)
class Subject:
    """What is checked. `saved` is the connection where it is the one that is saved, None for another.

    An empty EWS URL has to be found first; an empty user name is the email address.
    """

    email: str
    ews_url: str
    username: str
    secret: Secret | None
    route: NetworkRoute
    saved: ConnectionSettings | None

    @property
    def as_saved(self) -> bool:
        """Whether the saved connection is checked exactly as it is kept, but perhaps for the secret."""
        return (
            self.saved is not None
            and self.ews_url == self.saved.ews_url
            and self.username in ("", self.saved.sign_in.username)
        )


def subject_of(profile: Profile, wishes: CheckWishes, notes: Notes) -> Subject:
    """Return what is checked, and note it.

    Raises `ProblemError` for what can't be right and for settings that can't be read, and
    `NothingToCheckError`.
    """
    saved = profile.settings.load()
    email = _meant(email_spelling(wishes.email), EMAIL_SPELLING) if wishes.email.strip() else ""
    if saved is not None and email and email.lower() != saved.mailbox.lower():
        saved = None
    email = email or ("" if saved is None else saved.mailbox)
    if not email:
        raise NothingToCheckError
    url = _meant(ews_url_spelling(wishes.ews_url), EWS_URL_SPELLING) if wishes.ews_url.strip() else ""
    name = _meant(user_name_spelling(wishes.username), USER_NAME_SPELLING)
    if saved is not None:
        url, name = url or saved.ews_url, name or saved.sign_in.username
    route = route_to_server(profile, saved, wishes.route)
    notes.note(
        mailbox=email,
        ews_url=url or "looked for by the email address",
        username=name or "the email address",
        taken_from="what is given" if saved is None else "the saved connection",
        ca_file=route.ca_file,
    )
    return Subject(email, url, name, wishes.secret, route, saved)


def _meant(spelling: Spelling, cause: Cause) -> str:
    if spelling.error is not None:
        raise ProblemError(cause.problem(sentence=spelling.error))
    return spelling.value
