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
    signal="the connection to the proxy itself fails",
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
    signal="407",
)
PROXY_PASSWORD_REFUSED = Cause(
    code="proxy-password-refused",
    title="The proxy refuses its user name or password",
    who=Who.USER,
    what="The proxy {proxy} refused the password of {proxy_user}; Exchange itself was not asked.",
    why="User name or password of the proxy are wrong, or the password was changed.",
    next="Enter the proxy's user name and password again; one that was refused is not sent twice.",
    fields=("proxy_password", "proxy_user"),
    diagnosis=("18",),
    signal="407 to a request that carried user name and password",
)
PROXY_SIGN_IN_UNSUPPORTED = Cause(
    code="proxy-sign-in-unsupported",
    title="The proxy takes no plain user name and password",
    who=Who.IT,
    what="The proxy {proxy} wants a sign-in by {offered}, which oncetui does not have for proxies.",
    why="It offers no Basic, the one way to give a proxy a user name and a password.",
    next="Ask IT to let this computer through to {host}, port 443, without a sign-in, or to allow Basic.",
    diagnosis=("18",),
    signal="407 that offers no Basic",
)
PROXY_PASSWORD_UNREADABLE = Cause(
    code="proxy-password-unreadable",
    title="The proxy's password can't be read",
    who=Who.USER,
    what="The kept password of {proxy_user} for the proxy {proxy} can't be read; nothing was sent.",
    why="{reason}",
    next="Reconnect and enter the proxy's password again.",
    fields=("proxy_password",),
    diagnosis=("18", "89"),
    signal="the proxy's kept password is gone or unreadable",
)
PROXY_CERTIFICATE = Cause(
    code="proxy-certificate",
    title="The proxy's certificate is not trusted",
    who=Who.USER,
    what="The proxy {proxy} shows a certificate that this computer does not trust; Exchange was not asked.",
    why="It is signed by an authority that only your company knows, or made out to another name.",
    next="Ask IT for the authority's certificate and give it as the CA file, or correct the proxy's address.",
    fields=("proxy", "ca_file"),
    diagnosis=("19", "26"),
    signal="the certificate of a proxy that is spoken to over TLS fails its check",
)
PROXY_CUTS = Cause(
    code="proxy-cuts",
    title="The proxy cuts the connection",
    who=Who.RETRY,
    what="The proxy {proxy} takes the connection and cuts it before it leads to {host}.",
    why="It is overloaded or restarting, or something else than a proxy listens there.",
    next="Wait: it is tried again by itself. If it lasts, check the proxy's address.",
    fields=("proxy",),
    visible_after=30,
    diagnosis=("20",),
    signal="the proxy hangs up, or speaks no HTTP, when it is asked for a tunnel",
)
PROXY_CANT_REACH = Cause(
    code="proxy-cannot-reach",
    title="The proxy can't reach the server",
    who=Who.RETRY,
    what="The proxy {proxy} answered {status} for {host}: it can't reach that host at the moment.",
    why="The server is down, or its name means nothing to the proxy.",
    next="Wait: it is tried again by itself. If it never worked, check the name of the server.",
    visible_after=30,
    diagnosis=("20",),
    signal="the proxy answers CONNECT with 502, 503 or 504",
)
PROXY_REFUSES = Cause(
    code="proxy-refuses",
    title="The proxy does not let this through",
    who=Who.IT,
    what="The proxy answered {status} for {host}.",
    why="It may not connect to that host.",
    next="Ask IT to let the proxy through to {host}, port 443.",
    diagnosis=("20",),
    signal="the proxy answers CONNECT with 403 or another refusal",
)
PROXY_BREAKS_SIGN_IN = Cause(
    code="proxy-breaks-sign-in",
    title="The proxy cuts the Windows sign-in",
    who=Who.IT,
    what="{host} is reached through a proxy that closes the connection in the middle of the Windows sign-in.",
    why="NTLM signs one connection in, in two steps; the proxy puts them on two connections.",
    next="Ask IT to exempt {host} from the proxy, or to let its connections stay open.",
    diagnosis=("20",),
    signal="the connection closes between the steps of NTLM, and a proxy is on the way",
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
    signal="a proxy that answered before can't be reached",
)
CAPTIVE_PORTAL = Cause(
    code="captive-portal",
    title="A page of the network stands in between",
    who=Who.RETRY,
    what="The network here wants to be agreed to before it lets anything through to {host}.",
    why="Hotels, airports and trains show such a page to each new guest.",
    next="Open any page in a browser and accept; it goes on by itself then.",
    visible_after=30,
    diagnosis=("21",),
    signal="511, or another sign that the network asks for a login before it lets anything through",
)
