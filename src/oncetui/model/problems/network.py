"""Reaching the server's door."""

from oncetui.model.problem import Cause, Who

CONNECTION_REFUSED = Cause(
    code="connection-refused",
    title="The server refuses connections",
    who=Who.RETRY,
    what="{host} refuses the connection on port {port}.",
    why="The server is up, but its door {port} is shut.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    diagnosis=("16",),
    signal="the connection is refused",
)
NO_ANSWER = Cause(
    code="no-answer",
    title="The server does not answer",
    who=Who.RETRY,
    what="No answer from {host}.",
    why="A firewall or a missing VPN swallows the connection, or the server is down.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    diagnosis=("16",),
    signal="no answer in time, or no way to the host",
)
CONNECTION_LOST = Cause(
    code="connection-lost",
    title="The connection broke off",
    who=Who.RETRY,
    what="{host} cut the connection in the middle of an answer.",
    why="The server restarted, or something on the way closed the connection.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("30",),
    signal="the connection ends in the middle",
)
IPV6_BROKEN = Cause(
    code="ipv6-broken",
    title="IPv6 does not get through",
    who=Who.IT,
    what="{host} was reached by IPv4 only: its IPv6 address {address} does not answer.",
    why="The network carries IPv6 not all the way, so each new connection takes longer to begin.",
    next="Tell your IT support when there is time; it works as it is.",
    diagnosis=("17",),
    signal="an IPv6 address is refused or stays silent, an IPv4 address of the same name answers",
    works=True,
)
