"""Looking a host name up, bounded and cancellable, which the system's own call is not."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

from oncetui.exchange.transport.lifeline import Lifeline

Address = tuple[socket.AddressFamily, tuple[str, int]]
LookUp = Callable[[str, int], list[Address]]
LOOK_UP_SECONDS = 5.0


def looked_up_by_the_system(host: str, port: int) -> list[Address]:
    """Ask the system where a host is, which may take as long as it likes; raise `socket.gaierror`."""
    return _asked(host, port, 0)


def literal_address(host: str, port: int) -> list[Address]:
    """Return an IP address that was written out, nothing for a name, which has to be looked up."""
    try:
        return _asked(host, port, socket.AI_NUMERICHOST)
    except OSError:
        return []


def addresses_of(
    host: str,
    port: int,
    lifeline: Lifeline,
    seconds: float = LOOK_UP_SECONDS,
    look_up: LookUp = looked_up_by_the_system,
) -> list[Address]:
    """Return where a host can be reached, in the order in which the look-up tells it.

    Raises `socket.gaierror`: EAI_NONAME where there is no such name, EAI_AGAIN where nobody answered in time.
    """
    written_out = literal_address(host, port)
    if written_out:
        return written_out
    outcome: list[list[Address] | OSError] = []
    done = threading.Event()

    def ask() -> None:
        try:
            outcome.append(look_up(host, port))
        except OSError as error:
            outcome.append(error)
        finally:
            done.set()

    # The look-up can't be interrupted: a daemon thread is left behind with it where nobody waits any more.
    threading.Thread(target=ask, name=f"look-up-{host}", daemon=True).start()
    with lifeline.waking(done.set):
        done.wait(seconds)
    lifeline.raise_if_aborted()
    answer = outcome[0] if outcome else socket.gaierror(socket.EAI_AGAIN, "the name server does not answer")
    if isinstance(answer, OSError):
        raise answer
    return answer


def inside_address(addresses: Sequence[Address]) -> str | None:
    """Return the first address where all are of private networks and none is this computer's own."""
    read = [ipaddress.ip_address(where[0].partition("%")[0]) for _, where in addresses]
    inside = bool(read) and all(one.is_private and not one.is_loopback for one in read)
    return str(read[0]) if inside else None


def _asked(host: str, port: int, flags: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "the name can't be written for the DNS") from error
    return [(family, where) for family, _, _, _, where in found]  # type: ignore[misc]  # IPv6 has two more
