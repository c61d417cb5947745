"""What the steps for certificate and proxy end with, and the way there from a problem."""

from dataclasses import dataclass

from oncetui.model.connection import STRAIGHT, NetworkRoute
from oncetui.model.problem import Problem
from oncetui.setup.certificates import shown_facts
from oncetui.setup.proxies import changing_proxy, proxy_asked
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.ways import WayOut

_OF_THE_WAY = ("proxy", "proxy_user", "proxy_password", "ca_file", "pin")


@dataclass(frozen=True)
class WayOn:
    """What was decided: a CA file, a pin or a proxy in `route`, or another address of the server."""

    route: NetworkRoute = STRAIGHT
    ews_url: str = ""


def step_for(problem: Problem | None, route: NetworkRoute) -> OurScreen[WayOn | None] | None:
    """Return the screen on which a person decides about what is in the way, None where nothing is."""
    from oncetui.ui.wizard.certificate import CertificateScreen  # noqa: PLC0415  # seldom needed
    from oncetui.ui.wizard.proxy import ProxyScreen  # noqa: PLC0415  # seldom needed

    facts = shown_facts(problem)
    if facts is not None:
        return CertificateScreen(facts)
    asked = proxy_asked(problem, route)
    return None if asked is None else ProxyScreen(asked)


def step_to(way: WayOut, route: NetworkRoute) -> OurScreen[WayOn | None] | None:
    """Return the screen that has a field of the way to the server, None for a field that is elsewhere."""
    from oncetui.ui.wizard.proxy import ProxyScreen  # noqa: PLC0415  # seldom needed

    if way.field not in _OF_THE_WAY:
        return None
    return step_for(way.problem, route) or ProxyScreen(changing_proxy(route), way.field)
