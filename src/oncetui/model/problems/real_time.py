"""News in the moment that something changes, and what keeps it from getting through."""

from oncetui.model.problem import Cause, Who

REAL_TIME_REFUSED = Cause(
    code="real-time-refused",
    title="The server refuses event streams",
    who=Who.RETRY,
    what="{host} tells of no changes by itself, so it is asked every 60 s (Auto-sync).",
    why="It answers {response_code} where an event stream is asked for.",
    next="Nothing has to be done: Real-time is tried again by itself.",
    diagnosis=("75",),
    signal="any other error code of Subscribe or GetStreamingEvents than those of a lost subscription",
    works=True,
)
REAL_TIME_LIMITED = Cause(
    code="real-time-limited",
    title="The server's limit of event streams is reached",
    who=Who.RETRY,
    what="{host} lets this account open no further event stream, so it is asked every 60 s (Auto-sync).",
    why="Other programs, such as Outlook, use those that it allows: it answers {response_code}.",
    next="Nothing has to be done: Real-time is tried again by itself.",
    diagnosis=("75",),
    signal="ErrorExceededSubscriptionCount, ErrorExceededConnectionCount",
    works=True,
)
REAL_TIME_SILENT = Cause(
    code="real-time-silent",
    title="Event streams are held back on the way",
    who=Who.RETRY,
    what="The event stream of {host} gives no sign of life, so the server is asked every 60 s (Auto-sync).",
    why="No heartbeat came within {seconds} s: as a rule a proxy holds answers back until they are whole.",
    next="Nothing has to be done: Real-time is tried again by itself.",
    diagnosis=("75",),
    signal="no first heartbeat in 15 s, or none in 100 s later on",
    works=True,
)
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
