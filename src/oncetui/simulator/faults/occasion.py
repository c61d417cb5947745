"""What a fault may look at when it is asked whether it acts."""

from dataclasses import dataclass

from oncetui.simulator.web.messages import HttpRequest
from oncetui.simulator.world import Mailbox


@dataclass(frozen=True)
class Occasion:
    """One request, as far as it is known: who signed in, which operation of EWS it asks for.

    `web_site` is a mail domain's own host, behind which there is no Exchange.
    """

    request: HttpRequest
    mailbox: Mailbox | None = None
    operation: str | None = None
    web_site: bool = False


@dataclass(frozen=True)
class Aim:
    """The requests that a fault is confined to; None is all of them. All in lower case."""

    host: str | None = None
    mailbox: str | None = None
    operation: str | None = None

    def hits(self, occasion: Occasion) -> bool:
        """Whether the fault is about this request; web sites have to be aimed at by name."""
        if occasion.web_site and self.host is None:
            return False
        return (
            self.hits_host(occasion.request.host)
            and self.mailbox in {None, occasion.mailbox and occasion.mailbox.email.lower()}
            and self.operation in {None, occasion.operation and occasion.operation.lower()}
        )

    def hits_host(self, host: str) -> bool:
        """Whether the fault is about this host, where nothing else is known yet."""
        return self.host in {None, host.lower()}
