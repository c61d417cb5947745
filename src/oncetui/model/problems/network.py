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
)
