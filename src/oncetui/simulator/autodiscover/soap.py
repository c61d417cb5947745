"""SOAP Autodiscover, `/autodiscover/autodiscover.svc`: GetUserSettings (MS-OXWSADISC 3.1.4.1)."""

from lxml import etree

from oncetui.simulator.autodiscover.settings import SERVER_VERSION, user_settings
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.world import Exchange

PLACE = "/autodiscover/autodiscover.svc"
OPERATION = "GetUserSettings"
_A = "http://schemas.microsoft.com/exchange/2010/Autodiscover"
_I = "http://www.w3.org/2001/XMLSchema-instance"
_S = "http://schemas.xmlsoap.org/soap/envelope/"
_WSA = "http://www.w3.org/2005/08/addressing"
_ACTION = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/"
_XML = "text/xml; charset=utf-8"


def answer_get_user_settings(exchange: Exchange, body: bytes) -> HttpAnswer:
    """Answer a GetUserSettings request; anything else gets the fault of Exchange's web service layer."""
    try:
        request = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return _fault("s:Client", "The message could not be read: it is not well-formed XML.")
    message = request.find(f"{{{_S}}}Body/{{{_A}}}GetUserSettingsRequestMessage")
    if message is None:
        return _fault("a:ActionNotSupported", "The message's action cannot be processed at the receiver.")
    users = [(element.text or "").strip() for element in message.iter(f"{{{_A}}}Mailbox")]
    settings = [(element.text or "").strip() for element in message.iter(f"{{{_A}}}Setting")]
    return _envelope(_response(exchange, users, settings))


def redirect(to: str) -> HttpAnswer:
    """Refer the client to another email address, or to another URL."""
    return _about_one_user("RedirectAddress" if "@" in to else "RedirectUrl", "Redirected.", to)


def error(code: str, text: str) -> HttpAnswer:
    """Return an error about the user that was asked for."""
    return _about_one_user(code, text, None)


def _about_one_user(code: str, text: str, target: str | None) -> HttpAnswer:
    message = etree.Element(f"{{{_A}}}GetUserSettingsResponseMessage", nsmap=_default(_A))
    response = etree.SubElement(message, f"{{{_A}}}Response", nsmap={"i": _I})
    _outcome(response, "NoError", None)
    user = _child(_child(response, "UserResponses"), "UserResponse")
    _outcome(user, code, text)
    if target is None:
        _nil(user, "RedirectTarget")
    else:
        _child(user, "RedirectTarget", target)
    _child(user, "UserSettingErrors")
    _child(user, "UserSettings")
    return _envelope(message)


def _response(exchange: Exchange, users: list[str], settings: list[str]) -> etree._Element:
    message = etree.Element(f"{{{_A}}}GetUserSettingsResponseMessage", nsmap=_default(_A))
    response = etree.SubElement(message, f"{{{_A}}}Response", nsmap={"i": _I})
    if not users or not settings:
        missing = "user" if not users else "requested setting"
        _outcome(response, "InvalidRequest", f"The request names no {missing}.")
        return message
    _outcome(response, "NoError", None)
    responses = _child(response, "UserResponses")
    for user in users:
        _user_response(responses, exchange, user, settings)
    return message


def _user_response(parent: etree._Element, exchange: Exchange, user: str, settings: list[str]) -> None:
    response = _child(parent, "UserResponse")
    mailbox = exchange.mailbox(user)
    if mailbox is None:
        _outcome(response, "InvalidUser", f"Invalid user '{user}'")
        _nil(response, "RedirectTarget")
        _child(response, "UserSettingErrors")
        _child(response, "UserSettings")
        return
    known = user_settings(exchange, mailbox)
    _outcome(response, "NoError", "No error.")
    _nil(response, "RedirectTarget")
    errors = _child(response, "UserSettingErrors")
    values = _child(response, "UserSettings")
    for setting in dict.fromkeys(settings):
        if setting in known:
            value = _child(values, "UserSetting")
            value.set(f"{{{_I}}}type", "StringSetting")
            _child(value, "Name", setting)
            _child(value, "Value", known[setting])
        else:
            error = _child(errors, "UserSettingError")
            _outcome(error, "SettingIsNotAvailable", f"User setting '{setting}' is not available. ")
            _child(error, "SettingName", setting)


def _envelope(message: etree._Element) -> HttpAnswer:
    envelope = etree.Element(f"{{{_S}}}Envelope", nsmap={"s": _S, "a": _WSA})
    header = etree.SubElement(envelope, f"{{{_S}}}Header")
    action = etree.SubElement(header, f"{{{_WSA}}}Action")
    action.set(f"{{{_S}}}mustUnderstand", "1")
    action.text = f"{_ACTION}{OPERATION}Response"
    version = etree.SubElement(header, f"{{{_A}}}ServerVersionInfo", nsmap={"h": _A, "i": _I})
    parts = ("MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber")
    for name, number in zip(parts, SERVER_VERSION, strict=True):
        etree.SubElement(version, f"{{{_A}}}{name}").text = str(number)
    etree.SubElement(version, f"{{{_A}}}Version").text = "Exchange2016"
    etree.SubElement(envelope, f"{{{_S}}}Body").append(message)
    return HttpAnswer(200, etree.tostring(envelope, xml_declaration=True, encoding="utf-8"), _XML)


def _fault(code: str, text: str) -> HttpAnswer:
    envelope = etree.Element(
        f"{{{_S}}}Envelope", nsmap={"s": _S, "a": "http://schemas.microsoft.com/ws/2005/05/addressing/none"}
    )
    body = etree.SubElement(envelope, f"{{{_S}}}Body")
    fault = etree.SubElement(body, f"{{{_S}}}Fault")
    etree.SubElement(fault, "faultcode").text = code
    reason = etree.SubElement(fault, "faultstring")
    reason.set("{http://www.w3.org/XML/1998/namespace}lang", "en-US")
    reason.text = text
    return HttpAnswer(500, etree.tostring(envelope, xml_declaration=True, encoding="utf-8"), _XML)


def _outcome(parent: etree._Element, code: str, text: str | None) -> None:
    _child(parent, "ErrorCode", code)
    _child(parent, "ErrorMessage", text)


def _nil(parent: etree._Element, name: str) -> None:
    _child(parent, name).set(f"{{{_I}}}nil", "true")


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_A}}}{name}")
    element.text = text
    return element


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item]  # the stubs know of no default namespace
