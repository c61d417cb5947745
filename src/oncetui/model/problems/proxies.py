"""A proxy on the way."""

from oncetui.model.problem import Cause, Who

PROXY_UNREACHABLE = Cause(
    code="proxy-unreachable",
    title="The proxy can't be reached",
    who=Who.USER,
    what="The proxy {proxy} can't be reached; Exchange itself was not asked.",
    why="Its address is wrong, or it is down.",
    next="Correct the proxy, or remove it.",
    fields=("proxy",),
    diagnosis=("19",),
)
PROXY_SIGN_IN = Cause(
    code="proxy-sign-in",
    title="The proxy wants a sign-in",
    who=Who.USER,
    what="The proxy {proxy} wants a user name and a password of its own.",
    why="It answered 407 before anything reached Exchange.",
    next="Enter the proxy's user name and password.",
    fields=("proxy_user", "proxy_password"),
    diagnosis=("18",),
)
PROXY_REFUSES = Cause(
    code="proxy-refuses",
    title="The proxy does not let this through",
    who=Who.IT,
    what="The proxy answered {status} for {host}.",
    why="It may not connect to that host, or can't reach it.",
    next="Ask IT to let the proxy through to {host}, port 443.",
    diagnosis=("20",),
)
PROXY_GONE = Cause(
    code="proxy-gone",
    title="The proxy does not answer for now",
    who=Who.RETRY,
    what="The proxy {proxy} can't be reached at the moment; Exchange itself was not asked.",
    why="It answered before: it is down, or the network to it is.",
    next="Wait: it is tried again by itself.",
    visible_after=30,
    diagnosis=("19",),
)
