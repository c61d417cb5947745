"""The catalogue's words, a file a phase; an unknown signal is shown as unknown, never guessed."""

from types import ModuleType

from oncetui.model.problem import Cause
from oncetui.model.problems import (
    autodiscover,
    booking_server,
    bookings,
    certificates,
    configuration,
    events,
    exchange,
    graph,
    http,
    kerberos,
    local,
    modern_sign_in,
    names,
    network,
    policy,
    proxies,
    real_time,
    sign_in,
    typing,
    unknown,
)

PHASES: tuple[ModuleType, ...] = (
    typing,
    names,
    proxies,
    network,
    certificates,
    http,
    sign_in,
    kerberos,
    policy,
    autodiscover,
    exchange,
    events,
    bookings,
    configuration,
    local,
    modern_sign_in,
    graph,
    real_time,
    booking_server,
    unknown,
)


def causes() -> tuple[Cause, ...]:
    """Return every cause, in the order of the phases."""
    return tuple(value for phase in PHASES for value in vars(phase).values() if isinstance(value, Cause))


def cause_of(code: str) -> Cause:
    """Return the cause with this code; raise KeyError where there is none."""
    return {cause.code: cause for cause in causes()}[code]
