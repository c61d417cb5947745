"""Properties of single items that the server once named to us."""

from collections.abc import Iterator, Sequence

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.payloads import Element, element, shape
from oncetui.exchange.operations.service import LeanService, raise_unless_success

_AT_ONCE = 100
_GONE = "ErrorItemNotFound"


class GetItem(LeanService):
    """Items by their ids (MS-OXWSCORE 3.1.4.4)."""

    SERVICE_NAME = "GetItem"

    def items(self, keys: Sequence[str], *fields: str) -> Iterator[Element | None]:
        """Yield an item for each id, in their order, None for one that is no longer there."""
        for first in range(0, len(keys), _AT_ONCE):
            part = keys[first : first + _AT_ONCE]
            ids = element("m:ItemIds", *(element("t:ItemId", Id=key) for key in part))
            messages = self.messages(element("m:GetItem", shape("m:ItemShape", *fields), ids))
            if len(messages) != len(part):
                raise NotUnderstoodError(f"GetItem gave {len(messages)} answers to {len(part)} questions")
            yield from map(_item, messages)


def _item(message: Element) -> Element | None:
    try:
        raise_unless_success(message)
    except ResponseCodeError as error:
        if error.code == _GONE:
            return None
        raise
    found = message.find(f"{{{MNS}}}Items/*")
    if found is None or found.find(f"{{{TNS}}}ItemId") is None:
        raise NotUnderstoodError("The answer has no item.")
    return found
