"""Calendars by way of Microsoft Graph; the causes come with that part."""

from functools import partial

from oncetui.model.problem import Cause, Who
from oncetui.model.problems.modern_sign_in import MICROSOFT_365_PART

_later = partial(Cause, comes_with=MICROSOFT_365_PART)

PERMISSION_ABSENT = _later(
    code="permission-absent",
    title="The app lacks a permission",
    who=Who.IT,
    what="The sign-in works, but lacks the permission {scope}.",
    why="The administrator approved the app without it.",
    next="Ask IT to grant the app {scope}.",
    diagnosis=("79",),
    signal="403 ErrorAccessDenied, and the token lacks a scope",
)
NOT_IN_THE_CLOUD = _later(
    code="not-in-microsoft-365",
    title="This mailbox is not in Microsoft 365",
    who=Who.USER,
    what="{mailbox} has no mailbox in Microsoft 365.",
    why="It lies on a server of the company, or has no licence.",
    next="Connect to the company's server by its EWS URL.",
    fields=("ews_url",),
    diagnosis=("80",),
    signal="404 MailboxNotEnabledForRESTAPI",
)
CHANGES_EXPIRED = _later(
    code="changes-expired",
    title="Microsoft 365 has lost track of the changes",
    who=Who.RETRY,
    what="Microsoft 365 no longer knows what it told last.",
    why="Its mark of the changes has expired.",
    next="Wait: everything is read anew by itself.",
    visible_after=30,
    diagnosis=("81",),
    signal="410, or syncStateNotFound",
)
