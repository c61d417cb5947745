"""CreateUserConfiguration: new settings of a client in a folder."""

import re

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import Configuration
from oncetui.simulator.properties.configuration_xml import (
    check_configuration_right,
    named_configuration,
    read_parts,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

_NAME = re.compile(r"(?!IPM\.Configuration)[A-Za-z0-9._]{1,236}")


def answer(call: Call) -> str:
    """Keep the settings of the request under their name, which must be new."""
    element = reading.needed(call.operation, "UserConfiguration")
    return for_each("CreateUserConfiguration", [element], lambda made: _created(call, made))


def _created(call: Call, element: Element) -> str:
    target, name = named_configuration(call, reading.needed(element, "UserConfigurationName"))
    check_configuration_right(target)
    if not _NAME.fullmatch(name):
        raise EwsError("ErrorInvalidArgument", f"The name of a configuration isn't valid. Name = {name}.")
    if name in target.folder.configurations:
        raise EwsError("ErrorItemSave", f"Save failed for the configuration. Name = {name}.")
    made = Configuration()
    read_parts(element, made)
    target.folder.configurations[name] = made
    return ""
