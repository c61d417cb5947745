"""Bodies that travel compressed: gzip in requests and answers, as IIS has it for dynamic content."""

import gzip
import zlib

_LEVEL = 1  # what IIS uses for dynamic content is quick rather than small
_LEAST = 256
_MOST = 64 << 20


class UnreadableBodyError(ValueError):
    """The body is not what its Content-Encoding says, or is larger than any server takes."""


def accepts_gzip(accepted: str | None) -> bool:
    """Whether an `Accept-Encoding` header asks for gzip (RFC 9110, 12.5.3)."""
    weights: dict[str, bool] = {}
    for part in (accepted or "").lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.replace(" ", "").partition("q=")[2] or "1"
        weights[name.strip()] = weight.strip("0.") != ""
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def is_worth_it(body: bytes) -> bool:
    """Whether a body is long enough to gain from compression."""
    return len(body) >= _LEAST


def compressed(body: bytes) -> bytes:
    """Return a body as gzip."""
    return gzip.compress(body, _LEVEL, mtime=0)


def decompressed(body: bytes) -> bytes:
    """Return what a gzip body holds; raises UnreadableBodyError."""
    reader = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        content = reader.decompress(body, _MOST)
    except zlib.error as error:
        raise UnreadableBodyError("the body is not gzip, though its Content-Encoding says so") from error
    if not reader.eof:
        raise UnreadableBodyError("the gzip body is cut off, or holds more than 64 MiB")
    return content
