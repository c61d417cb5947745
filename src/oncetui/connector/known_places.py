"""Places that answered before: when one is gone, that is a loss for a while and no mistake in its name."""

from oncetui.model.problem import ProblemError
from oncetui.model.problems.certificates import HANDSHAKE_CUT
from oncetui.model.problems.names import HOST_GONE, HOST_NOT_FOUND, INSIDE_ADDRESS
from oncetui.model.problems.network import CONNECTION_LOST, NO_ANSWER
from oncetui.model.problems.proxies import PROXY_GONE, PROXY_UNREACHABLE

_FOR_A_WHILE = {
    HANDSHAKE_CUT.code: CONNECTION_LOST,
    HOST_NOT_FOUND.code: HOST_GONE,
    INSIDE_ADDRESS.code: NO_ANSWER,
    PROXY_UNREACHABLE.code: PROXY_GONE,
}


def as_known(error: ProblemError) -> ProblemError:
    """Tell a fault as it stands for a connection that worked: `diagnosis` 3, 5, 19 and 30 restore themselves.

    The wizard says of a name that nobody knows that it is misspelt. A kept connection loses its server's name
    with each VPN that goes down, which no person should have to mend.
    """
    cause = _FOR_A_WHILE.get(error.problem.code)
    if cause is None:
        return error
    return ProblemError(cause.problem(**dict(error.problem.evidence)), retry_after=error.retry_after)
