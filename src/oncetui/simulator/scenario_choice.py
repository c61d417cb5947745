"""Which simulated Exchange is meant: a named scenario, one of a file, or a world of one's own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.faults.values import FaultError
from oncetui.simulator.scenario import default_scenario, outside_scenario
from oncetui.simulator.scenario_file import ScenarioFile, UnreadableScenarioError, read_scenario
from oncetui.simulator.web.generations import GENERATIONS, Generation
from oncetui.simulator.world import Exchange

SCENARIOS: dict[str, Callable[[Callable[[], datetime]], Exchange]] = {
    "default": default_scenario,
    "outside": outside_scenario,
}


class UnknownScenarioError(LookupError):
    """No such scenario or generation, or a file that is wrong; the message says which there are, or why."""


def scenario_named(name: str) -> Exchange:
    """Return a scenario, laid out around the present; raises UnknownScenarioError."""
    if name not in SCENARIOS:
        raise UnknownScenarioError(
            f"no scenario is named {name!r}; there are: {', '.join(sorted(SCENARIOS))}"
        )
    return SCENARIOS[name](_now)


def chosen(scenario: Exchange | str | Path) -> ScenarioFile:
    """Return the world that is meant: a scenario's name, a TOML file or a world of one's own.

    A file is a path, or a text that ends with `.toml`. Raises UnknownScenarioError, for a file's faults too.
    """
    if isinstance(scenario, Path) or (isinstance(scenario, str) and scenario.endswith(".toml")):
        given = _scenario_in(Path(scenario))
        _check_faults(given)
        return given
    return ScenarioFile(scenario_named(scenario) if isinstance(scenario, str) else scenario, None, {})


def generation_named(name: str) -> Generation:
    """Return what the simulator looks like by its name, such as `2016`; raises UnknownScenarioError."""
    for generation in GENERATIONS.values():
        if generation.name == name:
            return generation
    raise UnknownScenarioError(f"generation is one of {', '.join(GENERATIONS)}; it was {name!r}")


def _scenario_in(path: Path) -> ScenarioFile:
    try:
        return read_scenario(path, _now)
    except UnreadableScenarioError as error:
        raise UnknownScenarioError(str(error)) from error


def _check_faults(given: ScenarioFile) -> None:
    """Find out about a file's faults before anything is started; raises UnknownScenarioError."""
    faults = Faults(given.exchange)
    try:
        for name, values in given.faults.items():
            faults.play(name, values)
    except (FaultError, TypeError) as error:
        raise UnknownScenarioError(f"faults: {error}") from error
    finally:
        faults.clear()


def _now() -> datetime:
    return datetime.now(UTC)
