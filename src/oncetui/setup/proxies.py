"""A proxy that wants something: what the proxy step shows, and what its answers come to."""

from dataclasses import dataclass
from pathlib import Path

from oncetui.model.connection import NO_PROXY, NetworkRoute
from oncetui.model.problem import Problem, Who
from oncetui.model.problems import proxies
from oncetui.model.proxy_address import proxy_address
from oncetui.model.secret import Secret
from oncetui.setup.certificates import CA_FILE_TOLD

_WANT_A_SIGN_IN = (
    proxies.PROXY_SIGN_IN.code,
    proxies.PROXY_PASSWORD_REFUSED.code,
    proxies.PROXY_PASSWORD_UNREADABLE.code,
)
ADDRESS_HELP = "http://proxy.example:3128, or “none”, or “environment”"
USER_HELP = "often your Windows name; empty where it asks for none"
CA_FILE_HELP = f"{CA_FILE_TOLD}; or empty"
PASSWORD_HELP = "kept beside the mailbox's once the connection works"  # noqa: S105  # a help line


@dataclass(frozen=True)
class ProxyAsked:
    """What the step opens with.

    `wants_password` and `wants_ca_file` say that nothing goes on without one. `ca_file_help` names the CA
    file that holds already. `in_the_way` is false where somebody merely wants to change the proxy.
    """

    sentence: str
    address: str
    user: str
    wants_password: bool
    wants_ca_file: bool = False
    ca_file_help: str = CA_FILE_HELP
    in_the_way: bool = True


def proxy_asked(problem: Problem | None, route: NetworkRoute) -> ProxyAsked | None:
    """Return what a problem asks of the proxy step, None where the proxy isn't in the way.

    The address is the one that was told, since the problem's may come from the environment.
    """
    if problem is None or problem.who is not Who.USER or not set(problem.fields) & _FIELDS:
        return None
    told = dict(problem.evidence)
    return ProxyAsked(
        sentence=f"{problem.what} {problem.next}",
        address=route.proxy or told.get("proxy", ""),
        user=route.proxy_user or told.get("proxy_user", ""),
        wants_password=problem.code in _WANT_A_SIGN_IN,
        wants_ca_file=problem.code == proxies.PROXY_CERTIFICATE.code,
        ca_file_help=_ca_file_help(route),
    )


def changing_proxy(route: NetworkRoute) -> ProxyAsked:
    """Return the step for somebody who wants to change the proxy."""
    return ProxyAsked(
        sentence="The next sign-in goes by what stands here, and keeps it where it works.",
        address=route.proxy or NO_PROXY,
        user=route.proxy_user or "",
        wants_password=False,
        ca_file_help=_ca_file_help(route),
        in_the_way=False,
    )


def proxy_route(address: str, user: str, password: Secret, ca_file: Path | None = None) -> NetworkRoute:
    """Return the way through a proxy; raise ValueError with one sentence where the address is none."""
    spelt = proxy_address(address) if address.strip() else NO_PROXY
    if spelt == NO_PROXY:
        return NetworkRoute(ca_file=ca_file, proxy=NO_PROXY)
    return NetworkRoute(ca_file, spelt, proxy_user=user.strip() or None, proxy_password=password or None)


def _ca_file_help(route: NetworkRoute) -> str:
    return (
        CA_FILE_HELP if route.ca_file is None else f"{route.ca_file.name} holds now; another takes its place"
    )


_FIELDS = {"proxy", "proxy_user", "proxy_password"}
