"""What is not the usual way to the server, in words: a pinned certificate, a CA file, a proxy."""

from oncetui.model.connection import BY_ENVIRONMENT, ConnectionSettings
from oncetui.model.pins import fingerprint, pin_for
from oncetui.model.spelling import host_of


def way_rows(settings: ConnectionSettings) -> tuple[tuple[str, str], ...]:
    """Return label and text of each thing that was told of the way; none where it is the usual one."""
    route = settings.route
    rows = []
    pin = pin_for(route.pins, host_of(settings.ews_url))
    if pin is not None:
        rows.append(("Certificate", f"pinned, SHA-256 {fingerprint(pin)}"))
    if route.ca_file is not None:
        rows.append(("CA file", str(route.ca_file)))
    if route.proxy is not None:
        address = "as the environment says" if route.proxy == BY_ENVIRONMENT else route.proxy
        rows.append(("Proxy", address if route.proxy_user is None else f"{address} as {route.proxy_user}"))
    return tuple(rows)
