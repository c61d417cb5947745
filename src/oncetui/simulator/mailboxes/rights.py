"""Who may do what with a folder."""

from dataclasses import dataclass
from typing import Literal

Level = Literal[
    "Owner",
    "PublishingEditor",
    "Editor",
    "PublishingAuthor",
    "Author",
    "NoneditingAuthor",
    "Reviewer",
    "Contributor",
    "FreeBusyTimeAndSubjectAndLocation",
    "FreeBusyTimeOnly",
    "None",
]
Reach = Literal["None", "Owned", "All"]


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do with one folder; `edit` and `delete` reach nothing, own items or all."""

    read: bool = False
    create: bool = False
    edit: Reach = "None"
    delete: Reach = "None"
    create_subfolders: bool = False
    owner: bool = False
    view_private: bool = False
    free_busy: Literal["None", "TimeOnly", "TimeAndSubjectAndLocation"] = "None"

    @property
    def visible(self) -> bool:
        """Whether the folder can be opened at all."""
        return self.read or self.create


OWNER = Rights(True, True, "All", "All", True, True, True, "TimeAndSubjectAndLocation")  # noqa: FBT003 - a table
READ_ONLY = Rights(read=True, view_private=True, free_busy="TimeAndSubjectAndLocation")

_DETAILS: Literal["TimeAndSubjectAndLocation"] = "TimeAndSubjectAndLocation"
LEVELS: dict[Level, Rights] = {
    "Owner": Rights(True, True, "All", "All", True, True, False, _DETAILS),  # noqa: FBT003 - a table
    "PublishingEditor": Rights(True, True, "All", "All", True, False, False, _DETAILS),  # noqa: FBT003 - a table
    "Editor": Rights(read=True, create=True, edit="All", delete="All", free_busy=_DETAILS),
    "PublishingAuthor": Rights(True, True, "Owned", "Owned", True, False, False, _DETAILS),  # noqa: FBT003 - a table
    "Author": Rights(read=True, create=True, edit="Owned", delete="Owned", free_busy=_DETAILS),
    "NoneditingAuthor": Rights(read=True, create=True, delete="Owned", free_busy=_DETAILS),
    "Reviewer": Rights(read=True, free_busy=_DETAILS),
    "Contributor": Rights(create=True),
    "FreeBusyTimeAndSubjectAndLocation": Rights(free_busy=_DETAILS),
    "FreeBusyTimeOnly": Rights(free_busy="TimeOnly"),
    "None": Rights(),
}
