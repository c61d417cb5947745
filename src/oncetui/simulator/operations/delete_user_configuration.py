"""DeleteUserConfiguration: settings of a client that a folder keeps no longer."""

from oncetui.simulator.call import Call
from oncetui.simulator.properties.configuration_xml import (
    check_configuration_right,
    kept_configuration,
    named_configuration,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Forget the configuration that the request names."""
    element = reading.needed(call.operation, "UserConfigurationName")
    return for_each("DeleteUserConfiguration", [element], lambda named: _deleted(call, named))


def _deleted(call: Call, element: Element) -> str:
    target, name = named_configuration(call, element)
    check_configuration_right(target)
    kept_configuration(target, name)
    del target.folder.configurations[name]
    return ""
