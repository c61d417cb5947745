"""CopyItem: copies of items in another folder of their mailbox."""

from oncetui.simulator.addressing import ItemTarget
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.operations.move_item import transferred


def answer(call: Call) -> str:
    """Copy each item that the request names."""

    def copy(target: ItemTarget, folder: Folder) -> Item:
        return target.where.owner.folders.copy_item(target.item, folder)

    return transferred(call, copy)
