"""The single events and series of a calendar, page by page."""

import re
from collections.abc import Iterator
from copy import deepcopy

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import Element, element, folder_id, shape_of
from oncetui.exchange.operations.service import LeanService

_PAGE = 200
_PAGES_AT_MOST = 5000
_OFFSET = re.compile(r"[0-9]{1,9}")


class FindItem(LeanService):
    """Single events and series of a calendar (MS-OXWSSRCH 3.1.4.2)."""

    SERVICE_NAME = "FindItem"

    def items(self, key: str, restriction: Element | None, *wanted: Element) -> Iterator[Element]:
        """Yield the events that meet the restriction, with what is wanted of each besides its id."""
        offset = 0
        for _ in range(_PAGES_AT_MOST):
            root = self.message(_question(key, restriction, wanted, offset)).find(f"{{{MNS}}}RootFolder")
            items = None if root is None else root.find(f"{{{TNS}}}Items")
            if root is None or items is None:
                raise NotUnderstoodError("The answer has no items element.")
            yield from items
            following = root.get("IndexedPagingOffset") or ""
            if root.get("IncludesLastItemInRange") != "false" or not _OFFSET.fullmatch(following):
                return
            offset = int(following)
        raise NotUnderstoodError("The events have no end.")


def _question(key: str, restriction: Element | None, wanted: tuple[Element, ...], offset: int) -> Element:
    view = element(
        "m:IndexedPageItemView", MaxEntriesReturned=str(_PAGE), Offset=str(offset), BasePoint="Beginning"
    )
    # An element has one place: what each page asks for is a copy.
    only = [] if restriction is None else [element("m:Restriction", deepcopy(restriction))]
    shape = shape_of("m:ItemShape", *map(deepcopy, wanted))
    where = element("m:ParentFolderIds", folder_id(key))
    return element("m:FindItem", shape, view, *only, where, Traversal="Shallow")
