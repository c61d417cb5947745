"""GetUserConfiguration: settings that clients keep in folders."""

from oncetui.simulator.addressing import FolderTarget
from oncetui.simulator.call import Call
from oncetui.simulator.properties.configuration_xml import kept_configuration, named_configuration, parts_xml
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import attribute

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
    target, name = named_configuration(call, named)
    parts = parts_xml(kept_configuration(target, name), wanted)
    return (
        f"<m:UserConfiguration><t:UserConfigurationName Name={attribute(name)}>{_folder(target)}"
        f"</t:UserConfigurationName>{parts}</m:UserConfiguration>"
    )


def _folder(target: FolderTarget) -> str:
    return f'<t:FolderId Id="{target.folder.id}" ChangeKey="{target.folder.change_key}"/>'
