"""Tickets in the place of passwords."""

from oncetui.model.problem import Cause, Who

KERBEROS_MISSING = Cause(
    code="kerberos-missing",
    title="Kerberos is not installed with oncetui",
    who=Who.USER,
    what="{host} takes a Kerberos ticket and no password, and oncetui was installed without Kerberos.",
    why="It is an extra, oncetui[kerberos], since it is built upon this system's Kerberos library.",
    next="Add it the way oncetui was installed: pipx inject oncetui 'pyspnego[kerberos]' · or in its "
    "folder: uv tool install --compile-bytecode '.[kerberos]' · or: pip install 'pyspnego[kerberos]'",
    diagnosis=("49",),
    signal="Negotiate without NTLM is all that is offered, and the extra is not installed",
)
NO_KERBEROS_TICKET = Cause(
    code="kerberos-no-ticket",
    title="There is no Kerberos ticket",
    who=Who.USER,
    what="{host} wants a Kerberos ticket, and this session has none that is good.",
    why="Nobody signed in to the company's domain here, or the ticket ran out.",
    next="Run kinit; then try again.",
    diagnosis=("49",),
    signal="GSSAPI finds no credentials that are good",
)
KERBEROS_UNREACHABLE = Cause(
    code="kerberos-unreachable",
    title="The domain hands out no Kerberos ticket",
    who=Who.RETRY,
    what="No domain controller answers, so there is no Kerberos ticket for {host}.",
    why="The company's network or VPN can't be reached from here.",
    next="Wait: it is tried again by itself. Over a VPN, see that it is connected.",
    depends_on="names-unavailable",
    visible_after=30,
    diagnosis=("49",),
    signal="GSSAPI says that no KDC of the realm can be reached",
)
KERBEROS_SERVICE_UNKNOWN = Cause(
    code="kerberos-service-unknown",
    title="The domain knows no Kerberos service of this server",
    who=Who.IT,
    what="The domain has no Kerberos service HTTP/{host}.",
    why="The name of the server is registered for no account, or you came by another name.",
    next="Ask IT to register HTTP/{host} for the Exchange servers.",
    diagnosis=("49",),
    signal="GSSAPI says that the server is not in the Kerberos database",
)
KERBEROS_REFUSED = Cause(
    code="kerberos-refused",
    title="The server turns the Kerberos ticket down",
    who=Who.IT,
    what="{host} does not accept this session's Kerberos ticket.",
    why="Its holder may not use Exchange, or the server can't read tickets in its own name.",
    next="Ask IT why {host} turns the ticket down; klist shows whose it is.",
    diagnosis=("49",),
    signal="401 in answer to a ticket",
)
KERBEROS_CLOCK = Cause(
    code="kerberos-clock",
    title="Kerberos refuses this computer's clock",
    who=Who.USER,
    what="The sign-in by Kerberos fails: this computer's clock is too far off.",
    why="Kerberos allows five minutes between this computer and the domain.",
    next="Set the clock, or switch its synchronisation on; then try again.",
    depends_on="clock-wrong",
    diagnosis=("50",),
    signal="GSSAPI says that the clock skew is too great",
)
