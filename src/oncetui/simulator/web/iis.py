"""What the web server underneath Exchange adds: its headers, its error, sign-in and service pages."""

import html
import uuid
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from oncetui.simulator.web.generations import Generation
from oncetui.simulator.web.hosts import FRONT_END
from oncetui.simulator.web.messages import Headers, HttpAnswer, HttpRequest

_HTML = "text/html; charset=utf-8"


def exchange_headers(
    generation: Generation, request: HttpRequest, now: datetime, dns_domain: str, *, signed_in: bool
) -> Headers:
    """Return the headers that Exchange's front end puts on an answer; `now` is aware, UTC."""
    headers: Headers = (("Server", f"Microsoft-IIS/{generation.iis}"),)
    if signed_in or generation.tells_version:
        headers = (("Cache-Control", "private"), *headers, ("X-AspNet-Version", generation.asp_net))
    if generation.names_servers:
        headers += (("request-id", str(uuid.uuid4())), *_echoed(request))
    if generation.names_servers and signed_in:
        headers += (
            ("X-CalculatedBETarget", f"{FRONT_END.lower()}.{dns_domain}"),
            ("X-DiagInfo", FRONT_END),
            ("X-BEServer", FRONT_END),
        )
    if generation.tells_version:
        headers += (("X-OWA-Version", generation.version_text),)
    if generation.names_servers:
        headers += (("X-FEServer", FRONT_END),)
    return (*headers, ("X-Powered-By", "ASP.NET"), ("Date", http_date(now)))


def _echoed(request: HttpRequest) -> Headers:
    """Return the client's own number of the request, unless it doesn't want it back."""
    number = request.header("client-request-id")
    unwanted = (request.header("return-client-request-id") or "true").strip().lower() == "false"
    return () if number is None or unwanted else (("client-request-id", number),)


def plain_headers(now: datetime) -> Headers:
    """Return the headers of IIS where no Exchange is behind it."""
    return (("Server", "Microsoft-IIS/10.0"), ("X-Powered-By", "ASP.NET"), ("Date", http_date(now)))


def http_date(moment: datetime) -> str:
    """Return a moment, aware and in UTC, as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def page(status: int, title: str, text: str) -> HttpAnswer:
    """Return a small HTML page; title and text are escaped."""
    body = (
        f"<!DOCTYPE html>\r\n<html><head><title>{html.escape(title)}</title></head>\r\n"
        f"<body><h2>{html.escape(title)}</h2><p>{html.escape(text)}</p></body></html>\r\n"
    )
    return HttpAnswer(status, body.encode(), _HTML)


def not_found() -> HttpAnswer:
    """IIS's 404 page."""
    return page(
        404, "404 - File or directory not found.", "The resource you are looking for does not exist here."
    )


def bad_request(text: str) -> HttpAnswer:
    """IIS's answer to a request that it can't read."""
    return page(400, "Bad Request", text)


def method_not_allowed() -> HttpAnswer:
    """Return the answer to a method that no web service has."""
    answer = page(405, "405 - HTTP verb used to access this page is not allowed.", "Use POST.")
    return answer.with_headers((("Allow", "GET, HEAD, POST"),))


def server_error() -> HttpAnswer:
    """Return ASP.NET's error page."""
    return page(500, "Server Error in '/' Application.", "Runtime Error")


def tls_required() -> HttpAnswer:
    """IIS's answer over plain HTTP where a virtual directory asks for TLS."""
    return page(
        403, "403 - Forbidden: Access is denied.", "The page you are trying to open is secured with TLS."
    )


def redirect(location: str) -> HttpAnswer:
    """Return a 302 to another address."""
    answer = page(302, "Object moved", f"Object moved to {location}")
    return answer.with_headers((("Location", location),))


def service_page(name: str) -> HttpAnswer:
    """Tell what a browser sees at a web service's address."""
    return page(
        200, f"{name} Service", "You have created a service. To test it, you need a client that calls it."
    )


def logon_redirect(host: str, path: str) -> HttpAnswer:
    """Outlook on the web sends a browser that is not signed in to its form."""
    target = quote(f"https://{host}{path}", safe="")
    return redirect(f"https://{host}/owa/auth/logon.aspx?url={target}&reason=0")


def logon_refusal(host: str) -> HttpAnswer:
    """Send a browser back to the form: Outlook on the web itself is not simulated."""
    return redirect(f"https://{host}/owa/auth/logon.aspx?reason=2")


def logon_page() -> HttpAnswer:
    """Return the sign-in form of Outlook on the web."""
    body = (
        "<!DOCTYPE html>\r\n<html><head><title>Outlook</title></head>\r\n"
        '<body class="signInBg"><form action="/owa/auth.owa" method="POST" name="logonForm">\r\n'
        '<label>Domain\\user name: <input name="username"></label>\r\n'
        '<label>Password: <input name="password" type="password"></label>\r\n'
        '<input type="submit" value="sign in"></form></body></html>\r\n'
    )
    return HttpAnswer(200, body.encode(), _HTML)
