"""UpdateUserConfiguration: changed settings of a client in a folder."""

from oncetui.simulator.call import Call
from oncetui.simulator.properties.configuration_xml import (
    check_configuration_right,
    kept_configuration,
    named_configuration,
    read_parts,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Replace the parts of a configuration that the request brings."""
    element = reading.needed(call.operation, "UserConfiguration")
    return for_each("UpdateUserConfiguration", [element], lambda changed: _updated(call, changed))


def _updated(call: Call, element: Element) -> str:
    target, name = named_configuration(call, reading.needed(element, "UserConfigurationName"))
    check_configuration_right(target)
    read_parts(element, kept_configuration(target, name))
    return ""
