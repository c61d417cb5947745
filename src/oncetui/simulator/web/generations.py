"""The versions of Exchange that the front end can look like; they differ in headers and version numbers."""

from dataclasses import dataclass
from typing import Literal

GenerationName = Literal["2010", "2013", "2016", "2019"]


@dataclass(frozen=True)
class Generation:
    """What gives a version of Exchange away to a client.

    `names_servers`: from 2013 on, answers say which servers had them in their hands. `tells_version`: 2019
    says its version to clients that have not signed in. `schema` is what its answers say that its EWS
    speaks, `newest_version` the latest that clients may ask for.
    """

    name: GenerationName
    iis: str
    asp_net: str
    version: tuple[int, int, int, int]
    schema: str
    newest_version: str
    names_servers: bool = True
    tells_version: bool = False

    @property
    def version_text(self) -> str:
        """The version as `X-OWA-Version` has it."""
        return ".".join(map(str, self.version))


GENERATIONS: dict[GenerationName, Generation] = {
    one.name: one
    for one in (
        Generation(
            "2010",
            "7.5",
            "2.0.50727",
            (14, 3, 513, 0),
            "Exchange2010_SP2",
            "Exchange2010_SP2",
            names_servers=False,
        ),
        Generation("2013", "8.5", "4.0.30319", (15, 0, 1497, 48), "V2_23", "Exchange2013_SP1"),
        Generation("2016", "10.0", "4.0.30319", (15, 1, 2507, 44), "V2017_07_11", "V2017_07_11"),
        Generation(
            "2019", "10.0", "4.0.30319", (15, 2, 1544, 11), "V2017_07_11", "V2017_07_11", tells_version=True
        ),
    )
}
LATEST = GENERATIONS["2019"]
