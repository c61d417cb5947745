"""Looking names up."""

from oncetui.model.problem import Cause, Who

HOST_NOT_FOUND = Cause(
    code="host-not-found",
    title="No server with this name",
    who=Who.USER,
    what="There is no server named {host}.",
    why="The name is misspelt, or it is known inside your company's network only.",
    next="Check the EWS URL, or connect to the VPN.",
    fields=("ews_url",),
    diagnosis=("3", "5"),
)
NAMES_UNAVAILABLE = Cause(
    code="names-unavailable",
    title="Names can't be looked up",
    who=Who.RETRY,
    what="This computer can't look up {host} at the moment.",
    why="Its name server doesn't answer: the network or the VPN is down.",
    next="Wait, or check the network.",
    visible_after=30,
    diagnosis=("4",),
)
HOST_GONE = Cause(
    code="host-gone",
    title="The server's name is gone for now",
    who=Who.RETRY,
    what="There is no server named {host} at the moment; it answered before.",
    why="A name that only your company's network knows is gone when the VPN is down.",
    next="Wait, or connect to the VPN.",
    visible_after=30,
    diagnosis=("3", "4", "5"),
)
