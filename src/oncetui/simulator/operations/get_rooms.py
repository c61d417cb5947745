"""GetRooms: the rooms of a list; the organisation has no lists."""

from oncetui.simulator.call import Call
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error


def answer(call: Call) -> str:
    """Say that the list isn't known."""
    reading.needed(reading.needed(call.operation, "RoomList"), "EmailAddress")
    return single_error("GetRooms", EwsError("ErrorNameResolutionNoResults", "No results were found."))
