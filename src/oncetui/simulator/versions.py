"""Which operations and properties each version of Exchange brought, and the refusal of later ones."""

from oncetui.simulator.properties.shapes import BY_URI
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.envelope import VERSIONS, Request
from oncetui.simulator.soap.failures import SoapFaultError
from oncetui.simulator.soap.names import TYPES, T

# Operations that Exchange 2007 didn't have yet, with the version that brought them.
_BROUGHT_BY = {
    **dict.fromkeys(
        ("AddDelegate", "ConvertId", "GetDelegate", "RemoveDelegate", "UpdateDelegate"), "Exchange2007_SP1"
    ),
    **dict.fromkeys(
        (
            "CreateUserConfiguration",
            "DeleteUserConfiguration",
            "EmptyFolder",
            "GetRoomLists",
            "GetRooms",
            "GetServerTimeZones",
            "GetUserConfiguration",
            "UpdateUserConfiguration",
        ),
        "Exchange2010",
    ),
    "GetStreamingEvents": "Exchange2010_SP1",
    "GetPasswordExpirationDate": "Exchange2010_SP2",
    **dict.fromkeys(("GetReminders", "MarkAllItemsAsRead", "PerformReminderAction"), "Exchange2013"),
}
_BROUGHT_URIS = {
    uri: min((fields[uri].since for fields in BY_URI.values() if uri in fields), key=VERSIONS.index)
    for uri in {uri for fields in BY_URI.values() for uri in fields}
}


def check_version(request: Request, name: str, newest: str) -> None:
    """Raise `SoapFaultError` for what a server that knows versions up to `newest` can't understand.

    That is a later version in the request's header, an operation or a property of a later version, and, where
    the header names a version, an operation that is later than that.
    """
    if _is_later(request.version, newest):
        raise SoapFaultError("ErrorInvalidServerVersion", "The specified server version is invalid.")
    brought_by = _BROUGHT_BY.get(name, VERSIONS[0])
    if _is_later(brought_by, newest):
        raise SoapFaultError("ErrorInvalidRequest", "The request is invalid.")
    if request.names_version and _is_later(brought_by, request.version):
        raise SoapFaultError(
            "ErrorIncorrectSchemaVersion",
            "The request is valid but does not specify the correct server version in the "
            "RequestServerVersion SOAP header. Ensure that the RequestServerVersion SOAP header is set with "
            "the correct RequestServerVersionValue.",
        )
    if newest != VERSIONS[-1]:
        _check_properties(request, newest)


def _check_properties(request: Request, newest: str) -> None:
    for path in request.operation.iter(f"{T}FieldURI"):
        uri = path.get("FieldURI", "")
        if _is_later(_BROUGHT_URIS.get(uri, VERSIONS[0]), newest):
            raise reading.violation(
                path,
                f"The 'FieldURI' attribute is invalid - The value '{uri}' is invalid according to its "
                f"datatype '{TYPES}:UnindexedFieldURIType' - The Enumeration constraint failed.",
            )


def _is_later(version: str, than: str) -> bool:
    return VERSIONS.index(version) > VERSIONS.index(than)
