"""Every fault by the name it is played under."""

from collections.abc import Mapping

from oncetui.simulator.faults.answers import ServerBusy, Slow, Status
from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.network import SilentDiscovery
from oncetui.simulator.faults.refusals import ExtendedProtectionMode, Locked, Schemes

KINDS: Mapping[str, type[Fault]] = {
    "slow": Slow,
    "status": Status,
    "server-busy": ServerBusy,
    "locked": Locked,
    "schemes": Schemes,
    "extended-protection": ExtendedProtectionMode,
    "silent-discovery": SilentDiscovery,
}
