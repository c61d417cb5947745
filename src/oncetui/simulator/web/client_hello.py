"""The first message of a TLS client, read before TLS itself begins (RFC 8446, 4.1.2; RFC 6066, 3)."""

_HANDSHAKE = 0x16
_CLIENT_HELLO = 1
_SERVER_NAME = 0
_RECORD_HEADER = 5


class NoTlsError(ValueError):
    """The client doesn't speak TLS, or not in a way that any server understands."""


def server_name(received: bytes) -> str | None:
    """Return the host name that the client asks for, "" where it names none; None: more has to come.

    Raises NoTlsError.
    """
    if received[:1] and received[0] != _HANDSHAKE:
        raise NoTlsError("this is not a TLS handshake")
    if len(received) < _RECORD_HEADER:
        return None
    length = int.from_bytes(received[3:_RECORD_HEADER])
    record = received[_RECORD_HEADER : _RECORD_HEADER + length]
    if len(record) < length:
        return None
    try:
        return _name_in(record)
    except IndexError as error:
        raise NoTlsError("the first message of the handshake is cut off") from error


def _name_in(record: bytes) -> str:
    if record[0] != _CLIENT_HELLO:
        raise NoTlsError("the handshake doesn't begin with a client's message")
    at = 4 + 2 + 32  # message header, version, random
    at += 1 + record[at]  # session
    at += 2 + int.from_bytes(record[at : at + 2])  # cipher suites
    at += 1 + record[at]  # compression
    end = at + 2 + int.from_bytes(record[at : at + 2])
    at += 2
    while at + 4 <= min(end, len(record)):
        kind, length = int.from_bytes(record[at : at + 2]), int.from_bytes(record[at + 2 : at + 4])
        if kind == _SERVER_NAME:
            return record[at + 9 : at + 4 + length].decode("ascii", "replace").lower()
        at += 4 + length
    return ""
