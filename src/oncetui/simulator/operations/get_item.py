"""GetItem: properties of items and occurrences."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.call import Call
from oncetui.simulator.properties.field import Rendering
from oncetui.simulator.properties.shapes import ItemShape, ItemWriter, read_shape
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Return the items that the request names, each in the shape that it asks for."""
    targets = reading.needed_list(call.operation, "ItemIds")
    try:
        shape = read_shape(reading.needed(call.operation, "ItemShape"), call.request.version)
    except EwsError as failure:
        return response("GetItem", (error("GetItem", failure, "<m:Items/>") for _ in targets))
    writer = ItemWriter(shape)

    def item(element: Element) -> str:
        target = item_target(call, element)
        return f"<m:Items>{writer.item(target.entry, _rendering(call, target, shape))}</m:Items>"

    return for_each("GetItem", targets, item, on_error="<m:Items/>")


def _rendering(call: Call, target: ItemTarget, shape: ItemShape) -> Rendering:
    where = target.where
    return Rendering(where.owner, where.folder, call.caller, call.zone.info, shape.body_type)
