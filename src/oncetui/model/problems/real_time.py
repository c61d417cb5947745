"""News in the moment that something changes; the causes come with that part."""

from oncetui.model.problem import Cause, Who

REAL_TIME_BLOCKED = Cause(
    code="real-time-blocked",
    title="Real-time does not get through",
    who=Who.RETRY,
    what="The connection for news at once is blocked, so the server is asked every 60 s (Auto-sync).",
    why="A firewall lets port 443 through, and not the ports 5222 and 5223.",
    next="Wait: Real-time is tried again by itself.",
    diagnosis=("83",),
    signal="no connection to the ports 5222 and 5223 while 443 answers",
    works=True,
    comes_with="a booking server (XMPP)",
)
