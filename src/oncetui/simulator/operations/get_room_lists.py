"""GetRoomLists: the lists of rooms of the organisation, which has none."""

from oncetui.simulator.call import Call
from oncetui.simulator.soap.messages import single_success


def answer(_call: Call) -> str:
    """Return no list."""
    return single_success("GetRoomLists", "<m:RoomLists/>")
