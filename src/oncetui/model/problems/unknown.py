"""What isn't in the catalogue: shown as unknown, with its evidence."""

from oncetui.model.problem import Cause, Who

UNKNOWN = Cause(
    code="unknown",
    title="Something went wrong that oncetui does not know",
    who=Who.IT,
    what="The server's answer is not known: {signal}",
    why="It is not guessed at; the evidence is kept as it came.",
    next="Try once more; if it stays, show this text with its evidence to your IT support.",
    signal="anything that isn't known: it is told with its evidence and never guessed at",
)
