"""Stand-ins for the ports to Exchange: discovery, opener and gateway, scripted by a test and counting.

```python
mailbox = FakeMailbox(calendars=[FoundCalendar("k1", "Calendar", writable=True, default=True)])
mailbox.add_event("k1", start, end)
opener = FakeOpener(mailbox, accepts={("anna@contoso.example", "right")})
discovery = FakeDiscovery(result=SearchResult(servers=(FoundServer(URL, "autodiscover"),)))
discovery.knows(ServerProbe(URL, 401, schemes=(Scheme.NTLM,)))
```
"""

from tests.fakes.exchange.answers import refusal
from tests.fakes.exchange.discovery import FakeDiscovery
from tests.fakes.exchange.gate import PATIENCE, Gate
from tests.fakes.exchange.gateway import FakeGateway
from tests.fakes.exchange.listener import Listener
from tests.fakes.exchange.mailbox import BEHIND, FakeMailbox
from tests.fakes.exchange.opener import FakeOpener

__all__ = [
    "BEHIND",
    "PATIENCE",
    "FakeDiscovery",
    "FakeGateway",
    "FakeMailbox",
    "FakeOpener",
    "Gate",
    "Listener",
    "refusal",
]
