"""One call of an operation: the world, who calls, and the request."""

from dataclasses import dataclass
from datetime import datetime

from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.properties.zone_xml import read_zone
from oncetui.simulator.soap.envelope import Request
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Exchange, Mailbox


@dataclass(frozen=True, slots=True)
class Call:
    """What an operation needs to know; `zone` is that of the request's TimeZoneContext, UTC without one."""

    exchange: Exchange
    caller: Mailbox
    request: Request
    zone: Zone

    @property
    def operation(self) -> Element:
        """The operation's element."""
        return self.request.operation

    @property
    def name(self) -> str:
        """The operation's name."""
        return self.request.name

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return self.exchange.now()


def call_of(exchange: Exchange, caller: Mailbox, request: Request) -> Call:
    """Return the call that a request makes."""
    context = request.time_zone_context
    zone = Zone.utc() if context is None else read_zone(context, Zone.utc())
    return Call(exchange, caller, request, zone)
