"""Finding the server by the email address."""

from oncetui.model.problem import Cause, Who

NO_SERVER_FOUND = Cause(
    code="no-server-found",
    title="No Exchange server found",
    who=Who.USER,
    what="No Exchange server answers for {domain}.",
    why="The company does not announce its server, or announces it inside its own network only.",
    next="Enter the EWS URL: the host of Outlook on the web is enough, such as mail.{domain}.",
    fields=("ews_url",),
    diagnosis=("6",),
)
HOST_NEEDS_CONSENT = Cause(
    code="host-needs-consent",
    title="The server lies outside your mail domain",
    who=Who.USER,
    what="Autodiscover names {host}, which is not in {domain}.",
    why="A password goes to such a host only if you say so.",
    next="Accept {host}, or enter the EWS URL.",
    fields=("trust_host", "ews_url"),
    diagnosis=("10",),
)
ADDRESS_UNKNOWN = Cause(
    code="address-unknown",
    title="The server doesn't know this address",
    who=Who.USER,
    what="The server has no mailbox with the address {mailbox}.",
    why="It is misspelt, an alias, or lives on another server.",
    next="Check the email address.",
    fields=("email",),
    diagnosis=("12", "66"),
)
GOES_IN_CIRCLES = Cause(
    code="redirect-loop",
    title="The server sends us round in circles",
    who=Who.IT,
    what="Autodiscover for {domain} redirects without end.",
    why="Its addresses point at one another.",
    next="Enter the EWS URL, and tell IT about the loop.",
    fields=("ews_url",),
    diagnosis=("9",),
)
