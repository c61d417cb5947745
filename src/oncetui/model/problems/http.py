"""What answers at the address."""

from oncetui.model.problem import Cause, Who

NOT_EXCHANGE = Cause(
    code="not-exchange",
    title="Something else than Exchange answers",
    who=Who.USER,
    what="{host} answers, but not as Exchange Web Services (HTTP {status}).",
    why="The address leads to a web site or to another path.",
    next="Check the EWS URL; Outlook on the web shows the right host in its address bar.",
    fields=("ews_url",),
    diagnosis=("7", "31"),
)
LOGIN_PAGE = Cause(
    code="login-page",
    title="A login page answers instead of Exchange",
    who=Who.IT,
    what="{host} sends a login page where Exchange Web Services should answer.",
    why="A gateway in front signs people in by a web form, which a program can't fill in.",
    next="Ask IT to let /EWS/ through without the web login.",
    diagnosis=("32", "33", "36"),
)
REJECTED_IN_FRONT = Cause(
    code="rejected-in-front",
    title="Something in front of Exchange rejects the request",
    who=Who.IT,
    what="{host} answered {status} without the marks of Exchange.",
    why="A firewall for web applications does that.",
    next="Ask IT to let POST requests to /EWS/Exchange.asmx through.",
    diagnosis=("34",),
)
GATEWAY_DOWN = Cause(
    code="gateway-down",
    title="Exchange does not answer behind its gateway",
    who=Who.RETRY,
    what="{host} answered {status}: Exchange behind it is not available.",
    why="Exchange restarts, or is overloaded.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("35", "37"),
)
REQUEST_TOO_LARGE = Cause(
    code="request-too-large",
    title="The server finds the request too large",
    who=Who.IT,
    what="{host} answered {status}: the request or its headers are too large.",
    why="A limit in front of Exchange is set low.",
    next="Ask IT to look at the request limits of {host}.",
    diagnosis=("38",),
)
NOT_UNDERSTOOD = Cause(
    code="answer-not-understood",
    title="The answer can't be understood",
    who=Who.RETRY,
    what="{host} sent an answer that is cut off or is not an Exchange answer.",
    why="Something on the way changes or cuts it.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
)
