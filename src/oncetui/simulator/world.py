"""The simulated organisation: mail domains, mailboxes and who may sign in to them, all in memory."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.settings import Configuration, Delegate, OutOfOffice, WorkingHours
from oncetui.simulator.mailboxes.tree import FolderTree
from oncetui.simulator.notifications.subscriptions import Subscriptions
from oncetui.simulator.soap.envelope import VERSIONS

AutodiscoverAnswer = Literal["works", "silent", "redirect"]
Scheme = Literal["basic", "ntlm"]
UserNameForm = Literal["email", "upn", "domain"]


@dataclass(slots=True)
class MailDomain:
    """One mail domain: where its server is and how its Autodiscover answers.

    `redirect_to` is the host that a `redirect` domain points its clients to.
    """

    name: str
    autodiscover: AutodiscoverAnswer
    ews_host: str
    autodiscover_host: str
    redirect_to: str | None = None


@dataclass(eq=False)
class Mailbox:
    """One mailbox, its user's account and its folders.

    `forms` are the spellings of the user name that sign-in accepts, `needs` what a person has to type
    besides email and password (`ews_url`, `username`), `time_zone` is an IANA name. `delegates` is keyed by
    lower-case email address; a password without `password_expires` (UTC) is good for ever. Mail to `aliases`
    comes here too, but requests have to name the mailbox by `email`.
    """

    email: str
    display_name: str
    username: str
    windows_domain: str
    upn: str
    password: str = field(repr=False)
    schemes: tuple[Scheme, ...] = ("basic", "ntlm")
    forms: frozenset[UserNameForm] = frozenset({"email", "upn", "domain"})
    needs: tuple[str, ...] = ()
    time_zone: str = "Europe/Berlin"
    password_version: int = 1
    password_expires: datetime | None = None
    aliases: tuple[str, ...] = ()
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    out_of_office: OutOfOffice = field(default_factory=OutOfOffice)
    delegates: dict[str, Delegate] = field(default_factory=dict)
    deliver_meeting_requests: str = "DelegatesAndMe"
    folders: FolderTree = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.folders = FolderTree(owner=self.email.lower(), mailbox_guid=self.guid)

    @property
    def guid(self) -> str:
        """The mailbox's GUID, the same for the same email address in every run."""
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"mailbox.{self.email.lower()}"))

    @property
    def domain_user(self) -> str:
        r"""The user name in its Windows form, `DOMAIN\name`."""
        return f"{self.windows_domain}\\{self.username}"

    def change_password(self, password: str) -> None:
        """Replace the password and count the change; a new one is good for ever until told otherwise."""
        self.password = password
        self.password_version += 1
        self.password_expires = None


def expiry_in(value: object) -> datetime:
    """Return the moment, in UTC, that a plain value names: an aware datetime, or ISO text with an offset.

    Raises ValueError with an example that is right.
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError(
            "'expires' is a time with its offset from UTC, for example \"2026-12-24T09:00:00Z\"."
        )
    return moment.astimezone(UTC)


@dataclass(eq=False)
class Exchange:
    """The whole simulated world; hold `lock` to read or change anything below it.

    `changed` is a condition of that lock, told whenever something happened in a mailbox. `now` gives the
    current time as an aware UTC datetime; `mailboxes` is keyed by lower-case email address. `minute` is
    how long a minute of an event stream's timeout lasts: tests of clients shorten it. `newest_version` is the
    latest schema version that clients may ask for. Without `expands_series` a calendar view shows a series as
    such, where it begins.
    """

    windows_domain: str
    now: Callable[[], datetime]
    domains: dict[str, MailDomain] = field(default_factory=dict)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    subscriptions: Subscriptions = field(default_factory=Subscriptions, repr=False)
    minute: timedelta = timedelta(minutes=1)
    newest_version: str = VERSIONS[-1]
    expands_series: bool = True
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    changed: threading.Condition = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.changed = threading.Condition(self.lock)

    def tell_change(self) -> None:
        """Wake whoever waits for something to happen."""
        with self.changed:
            self.changed.notify_all()

    def add_domain(self, domain: MailDomain) -> None:
        """Put a mail domain into the world."""
        self.domains[domain.name.lower()] = domain

    def add_mailbox(self, mailbox: Mailbox) -> None:
        """Put a mailbox into the world, under its lower-case address."""
        options = Configuration.of({"timezone": Zone.of_iana(mailbox.time_zone).windows_id})
        mailbox.folders.distinguished["root"].configurations["OWA.UserOptions"] = options
        mailbox.folders.now = self.now
        mailbox.folders.on_change = self.tell_change
        self.mailboxes[mailbox.email.lower()] = mailbox

    def mailbox(self, email: str) -> Mailbox | None:
        """Return the mailbox with this address, primary or not, in any case of letters."""
        wanted = email.strip().lower()
        return self.mailboxes.get(wanted) or next(
            (one for one in self.mailboxes.values() if wanted in map(str.lower, one.aliases)), None
        )

    def mailbox_with_guid(self, guid: str) -> Mailbox | None:
        """Return the mailbox that identifiers with this GUID are of."""
        return next((each for each in self.mailboxes.values() if each.folders.mailbox_guid == guid), None)

    def domain_of(self, email: str) -> MailDomain | None:
        """Return the mail domain that an address belongs to, where this world has it."""
        return self.domains.get(email.rpartition("@")[2].strip().lower())
