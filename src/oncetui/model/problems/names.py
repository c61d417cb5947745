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
    depends_on="names-unavailable",
    diagnosis=("3", "5"),
    signal="the name server knows no such name",
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
    signal="the name server fails, or gives no answer in 5 s",
)
HOST_GONE = Cause(
    code="host-gone",
    title="The server's name is gone for now",
    who=Who.RETRY,
    what="There is no server named {host} at the moment; it answered before.",
    why="A name that only your company's network knows is gone when the VPN is down.",
    next="Wait, or connect to the VPN.",
    depends_on="names-unavailable",
    visible_after=30,
    diagnosis=("3", "4", "5"),
    signal="the name server no longer knows a name that it knew before",
)
INSIDE_ADDRESS = Cause(
    code="inside-address",
    title="That address lies inside the company's network",
    who=Who.USER,
    what="{host} is at {address}, an address inside a company's network, and does not answer.",
    why="From outside that network it can't be reached.",
    next="Connect to the VPN, or enter the outside address as EWS URL.",
    fields=("ews_url",),
    depends_on="names-unavailable",
    diagnosis=("5",),
    signal="the name leads to private addresses only, and none of them answers",
)
