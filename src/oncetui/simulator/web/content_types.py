"""Which request bodies a SOAP endpoint of Exchange reads, by their Content-Type."""

from email.message import Message

from oncetui.simulator.web.messages import HttpAnswer

_CHARSETS = frozenset({"", "utf-8", "utf-16", "utf-16le", "utf-16be", "unicodefffe"})


def is_soap(content_type: str | None) -> bool:
    """Tell whether a Content-Type is `text/xml` in an encoding of Unicode, or in none that it names.

    What SOAP 1.2 clients (`application/soap+xml`) and forms send isn't; nor is a request without the header.
    """
    if content_type is None:
        return False
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_param("charset", "")
    named = charset if isinstance(charset, str) else charset[2]
    is_xml = content_type.partition(";")[0].strip().lower() == "text/xml"
    return is_xml and named.strip().lower() in _CHARSETS


def unsupported() -> HttpAnswer:
    """Return the answer to another Content-Type: 415 without a body."""
    return HttpAnswer(415)
