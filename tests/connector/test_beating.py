import threading

from oncetui.connector.beating import BEAT_SECONDS, heartbeat
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.status import Heartbeat
from oncetui.model.sync import AUTO
from tests.connector.world import World


def test_a_store_that_cant_be_written_misses_a_beat_and_the_next_one_comes() -> None:
    world = World()
    beats: list[Heartbeat] = []
    again = threading.Event()
    keep = world.store.commands.beat

    def sometimes(heartbeat: Heartbeat) -> None:
        beats.append(heartbeat)
        if len(beats) == 2:
            raise ProblemError(DISK_FULL.problem())
        keep(heartbeat)
        if len(beats) == 3:
            again.set()

    world.store.commands.beat = sometimes  # type: ignore[method-assign]  # a fake, for this test

    with heartbeat(world.profile, world.clock.now(), lambda: AUTO):
        assert again.wait(20)

    assert world.clock.waits[0] == BEAT_SECONDS
    assert world.store.commands.heartbeat() is None
