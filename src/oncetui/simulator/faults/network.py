"""Faults below HTTP."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.values import FaultValues


@dataclass(frozen=True)
class SilentDiscovery(Fault):
    """`silent-discovery {}`: where discovery is refused, connections are taken and nothing is said."""

    counted = False

    @classmethod
    def read(cls, _values: FaultValues) -> Self:
        """Without values."""
        return cls()

    def silences_closed_doors(self) -> bool:
        """Return that they are."""
        return True
