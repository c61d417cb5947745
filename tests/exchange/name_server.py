"""A name server of the tests' own, on a free UDP port of this machine."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

NO_SUCH_NAME, TROUBLE, SILENCE = "NXDOMAIN", "SERVFAIL", "SILENCE"
Zone = Mapping[str, Mapping[str, list[str]] | str]


@contextlib.contextmanager
def name_server(zone: Zone) -> Iterator[dns.resolver.Resolver]:
    """Answer from a zone, whose names lead to records by kind or to what goes wrong; yield a resolver of it.

    A name that isn't in the zone doesn't exist, one that is, but not with that kind, has no such record.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            packet, asker = listening.recvfrom(4096)
            if not packet:
                return
            answer = _answer(dns.message.from_wire(packet), zone)
            if answer is not None:
                listening.sendto(answer.to_wire(), asker)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = listening.getsockname()[1]
    try:
        yield resolver
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", listening.getsockname())
        thread.join(5)
        listening.close()


def _answer(question: dns.message.Message, zone: Zone) -> dns.message.Message | None:
    asked = question.question[0]
    name, kind = asked.name.to_text().rstrip("."), asked.rdtype.name
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.RA
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        known = zone.get(name, NO_SUCH_NAME)
        if known == SILENCE:
            return None
        if isinstance(known, str):
            answer.set_rcode(dns.rcode.from_text(known))
            break
        for told in (kind, "CNAME"):
            if told in known:
                answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", told, *known[told]))
        if kind in known or "CNAME" not in known:
            break
        name = known["CNAME"][0].rstrip(".")
    return answer
