"""ExpandDL: the members of a distribution list among the caller's contacts."""

from oncetui.simulator.addressing import item_target
from oncetui.simulator.call import Call
from oncetui.simulator.properties.people import Person, mailbox_xml
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Return the members of the list that the request names; the directory has no lists."""
    mailbox = reading.needed(call.operation, "Mailbox")
    return for_each("ExpandDL", [mailbox], lambda element: _expanded(call, element))


def _expanded(call: Call, mailbox: Element) -> str:
    named = reading.child(mailbox, "ItemId")
    item = None if named is None else item_target(call, named).item
    if item is None or item.element != "DistributionList":
        raise EwsError("ErrorNameResolutionNoResults", "No results are found.")
    people: tuple[Person, ...] = item.values.get("distributionlist:Members") or ()
    attributes = f'TotalItemsInView="{len(people)}" IncludesLastItemInRange="true"'
    return f"<m:DLExpansion {attributes}>{''.join(map(mailbox_xml, people))}</m:DLExpansion>"
