"""The certificate and the proxy that are in the way, line by line."""

from dataclasses import dataclass

from oncetui.model.connection import STRAIGHT, NetworkRoute
from oncetui.model.problem import Problem
from oncetui.plain.console_io import CAUTION, ConsoleIO
from oncetui.setup.certificates import ShownFacts, ca_file_from, pin_from, pinned_route, shown_facts
from oncetui.setup.proxies import ProxyAsked, proxy_asked, proxy_route


@dataclass(frozen=True)
class AnsweredWay:
    """What was decided: a CA file, a pin or a proxy, or another address of the server."""

    route: NetworkRoute = STRAIGHT
    ews_url: str = ""


def ask_way_on(io: ConsoleIO, problem: Problem, route: NetworkRoute) -> AnsweredWay:
    """Ask until there is a way on; leaving raises `CancelledByUserError`."""
    facts = shown_facts(problem)
    if facts is not None:
        return _ask_certificate(io, facts)
    asked = proxy_asked(problem, route)
    return AnsweredWay() if asked is None else AnsweredWay(_ask_proxy(io, asked))


def _ask_certificate(io: ConsoleIO, facts: ShownFacts) -> AnsweredWay:
    io.show(f"{CAUTION} {facts.sentence}")
    for label, text in facts.rows:
        for number, line in enumerate(text.splitlines()):
            io.show(f"  {'' if number else label:<11} {line}")
    while True:
        try:
            if facts.resolves is not None and _agreed(io, f"Use {facts.resolves} instead? yes or no [no]: "):
                return AnsweredWay(ews_url=f"https://{facts.resolves}/EWS/Exchange.asmx")
            if facts.takes_ca_file:
                none = " (Enter for none)" if facts.sha256 else ""
                typed = io.ask(f"CA file from IT, in PEM form{none}: ")
                if typed.strip() or not facts.sha256:
                    return AnsweredWay(NetworkRoute(ca_file=ca_file_from(typed)))
            typed = io.ask("Trust exactly this certificate? yes, or the SHA-256 from IT to compare: ")
            return AnsweredWay(pinned_route(facts, pin_from(facts, typed)))
        except ValueError as error:
            io.show(f"  {CAUTION} {error} To leave, press ctrl+d.")


def _ask_proxy(io: ConsoleIO, asked: ProxyAsked) -> NetworkRoute:
    io.show(f"{CAUTION} {asked.sentence}")
    while True:
        address = io.ask(f"Proxy [{asked.address}]: ").strip() or asked.address
        user = io.ask(f"Proxy user [{asked.user}]: ").strip() or asked.user
        secret = io.ask_secret("Proxy password: ")
        typed = io.ask("CA file from IT, in PEM form (Enter for none): ") if asked.wants_ca_file else ""
        try:
            ca_file = ca_file_from(typed) if typed.strip() else None
            return proxy_route(address, user, secret, ca_file)
        except ValueError as error:
            io.show(f"  {CAUTION} {error}")


def _agreed(io: ConsoleIO, question: str) -> bool:
    return io.ask(question).strip().lower() in ("y", "yes")
