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
    signal="404, a plain web page, or a redirect to one",
)
LOGIN_PAGE = Cause(
    code="login-page",
    title="A login page answers instead of Exchange",
    who=Who.IT,
    what="{host} sends a login page where Exchange Web Services should answer.",
    why="A gateway in front signs people in by a web form, which a program can't fill in.",
    next="Ask IT to let /EWS/ through without the web login.",
    diagnosis=("32",),
    signal="440, a page with a password field, or a redirect to a login form",
)
COMPANY_SIGN_IN_PAGE = Cause(
    code="company-sign-in-page",
    title="A company sign-in page guards Exchange",
    who=Who.IT,
    what="{host} sends programs to the company's sign-in page.",
    why="AD FS or another single sign-on stands before Exchange Web Services; only browsers get past it.",
    next="Ask IT to let /EWS/ through without the single sign-on, with NTLM or Basic.",
    diagnosis=("33",),
    signal="a redirect to AD FS, SAML or OAuth",
)
GATEWAY_FAULT = Cause(
    code="gateway-fault",
    title="The gateway in front of Exchange reports a fault of its own",
    who=Who.IT,
    what="{host} sends the fault page of a gateway in front of Exchange.",
    why="Its rules for sign-in or encryption don't fit what stands behind it.",
    next="Ask IT to look at the gateway's rule for /EWS/ (UAG, TMG or the like).",
    diagnosis=("36",),
    signal="a redirect to the gateway's own error page, as /InternalSite/InternalError.asp",
)
REJECTED_IN_FRONT = Cause(
    code="rejected-in-front",
    title="Something in front of Exchange rejects the request",
    who=Who.IT,
    what="{host} answered {status} without the marks of Exchange.",
    why="A firewall for web applications does that.",
    next="Ask IT to let POST requests to /EWS/Exchange.asmx through.",
    diagnosis=("34",),
    signal="400, 403 or 405 without any header of Exchange",
)
EXCHANGE_ERROR_PAGE = Cause(
    code="exchange-error-page",
    title="Exchange shows its error page",
    who=Who.RETRY,
    what="Exchange on {host} sends its error page instead of an answer.",
    why="It is starting, or one of its parts is down for a moment.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    diagnosis=("35",),
    signal="a redirect to Exchange's error page, X-CasErrorCode, or an error page of its application",
)
GATEWAY_DOWN = Cause(
    code="gateway-down",
    title="Exchange does not answer behind its gateway",
    who=Who.RETRY,
    what="{host} answered {status}: Exchange behind it is not available.",
    why="Exchange restarts, or is overloaded.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("37",),
    signal="500, 502, 503 or 504 without an answer of Exchange",
)
REQUEST_TOO_LARGE = Cause(
    code="request-too-large",
    title="The server finds the request too large",
    who=Who.IT,
    what="{host} answered {status}: the request or its headers are too large.",
    why="A limit in front of Exchange is set low, or a Kerberos ticket is very large.",
    next="Ask IT to look at the request limits of {host} (MaxFieldLength, MaxRequestBytes).",
    diagnosis=("38",),
    signal="413, 414, 431, or 400 with “Request Too Long”",
)
NOT_UNDERSTOOD = Cause(
    code="answer-not-understood",
    title="The answer can't be understood",
    who=Who.RETRY,
    what="{host} sent an answer that is cut off or is not an Exchange answer.",
    why="Something on the way changes or cuts it.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    signal="an answer that ends in the middle, is too large, or lacks what it must hold",
)
