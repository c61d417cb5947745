"""GetUserConfiguration: settings that clients keep in folders."""

import base64

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import Configuration
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import attribute, boolean, text_of

_PARTS = ("Id", "Dictionary", "XmlData", "BinaryData", "All")


def answer(call: Call) -> str:
    """Return the parts that the request wants of the configuration that it names."""
    named = reading.needed(call.operation, "UserConfigurationName")
    element = reading.needed(call.operation, "UserConfigurationProperties")
    wanted = reading.content(element).split()
    if not wanted or not set(wanted) <= set(_PARTS):
        raise reading.bad_value(element, " ".join(wanted), "UserConfigurationPropertyType")
    return for_each("GetUserConfiguration", [named], lambda name: _configuration(call, name, set(wanted)))


def _configuration(call: Call, named: Element, wanted: set[str]) -> str:
    name = reading.needed_attribute(named, "Name")
    folder = next(reading.children(named), None)
    if folder is None:
        raise reading.violation(named, "The element 'UserConfigurationName' has incomplete content.")
    target = folder_target(call, folder)
    found = target.folder.configurations.get(name)
    if found is None or not target.rights.read:
        raise EwsError(
            "ErrorItemNotFound",
            "The specified object was not found in the store., The configuration object was not found. "
            f"Name = {name}.",
        )
    parts = (
        f"<t:UserConfigurationName Name={attribute(name)}>{_folder(target)}</t:UserConfigurationName>",
        _dictionary(found) if wanted & {"Dictionary", "All"} else "",
        _bytes("XmlData", found.xml) if wanted & {"XmlData", "All"} else "",
        _bytes("BinaryData", found.binary) if wanted & {"BinaryData", "All"} else "",
    )
    return f"<m:UserConfiguration>{''.join(parts)}</m:UserConfiguration>"


def _folder(target: FolderTarget) -> str:
    return f'<t:FolderId Id="{target.folder.id}" ChangeKey="{target.folder.change_key}"/>'


def _dictionary(found: Configuration) -> str:
    entries = "".join(
        f"<t:DictionaryEntry><t:DictionaryKey>{_typed(key)}</t:DictionaryKey>"
        f"<t:DictionaryValue>{_typed(value)}</t:DictionaryValue></t:DictionaryEntry>"
        for key, value in found.dictionary.items()
    )
    return f"<t:Dictionary>{entries}</t:Dictionary>"


def _typed(value: str | int | bool) -> str:  # noqa: FBT001 - the value is what is written
    match value:
        case bool():
            kind, text = "Boolean", boolean(value)
        case int():
            kind, text = "Integer32", str(value)
        case _:
            kind, text = "String", text_of(value)
    return f"<t:Type>{kind}</t:Type><t:Value>{text}</t:Value>"


def _bytes(tag: str, value: bytes | None) -> str:
    return "" if value is None else f"<t:{tag}>{base64.b64encode(value).decode('ascii')}</t:{tag}>"
