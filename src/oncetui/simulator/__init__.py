"""A simulated Exchange server to try the product and test it with; it imports nothing else of oncetui.

`with start() as simulator:` runs one in a thread; `simulator.ready` says how to reach it.
"""

from oncetui.simulator.scenario import default_scenario
from oncetui.simulator.serve import RunningSimulator, run, start

__all__ = ["RunningSimulator", "default_scenario", "run", "start"]
