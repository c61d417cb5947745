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
    depends_on="names-unavailable",
    signal="no place of the search names a server within 8 s",
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
    signal="a server outside the mail domain, learned from a redirect or a service record",
)
ADDRESS_UNKNOWN = Cause(
    code="address-unknown",
    title="The server doesn't know this address",
    who=Who.USER,
    what="The server has no mailbox with the address {mailbox}.",
    why="It is misspelt, an alias, or lives on another server.",
    next="Check the email address.",
    fields=("email",),
    diagnosis=("12",),
    signal="an error code of Autodiscover: InvalidUser, UserNotFound, 500, NotFederated",
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
    signal="a place that was asked already, more than ten redirects, or more than two addresses",
)
WEB_SITE_ANSWERS = Cause(
    code="web-site-answers",
    title="A web site answers for the mail domain",
    who=Who.USER,
    what="{host} is a web site and no Exchange server; the search went on without it.",
    why="Many companies keep their web site elsewhere than their mail.",
    next="Nothing is to be done.",
    diagnosis=("7",),
    signal="an HTML page, 404 or another host's certificate at the mail domain itself",
    works=True,
)
ANOTHER_PLACE_REFUSES = Cause(
    code="other-place-refuses",
    title="Another server wants a password too",
    who=Who.USER,
    what="{host} asked for a password and is not Exchange; it got none.",
    why="A web site may have passwords of its own; that says nothing of yours.",
    next="Nothing is to be done.",
    diagnosis=("8",),
    signal="401 from a place of the search that bears no mark of Exchange",
    works=True,
)
FILED_ELSEWHERE = Cause(
    code="filed-elsewhere",
    title="The mailbox is filed under another address",
    who=Who.USER,
    what="The server files {mailbox} under {address}, and that one was used.",
    why="A company that has renamed itself, or keeps mail in two places, does that.",
    next="Nothing is to be done.",
    diagnosis=("11",),
    signal="Autodiscover answers with RedirectAddr",
    works=True,
)
NO_EXCHANGE_LICENCE = Cause(
    code="no-exchange-licence",
    title="This account has no Exchange connection",
    who=Who.IT,
    what="The server knows {mailbox}, but has no connection settings for it.",
    why="Its licence holds no Exchange for programs (such as K1 or F1), or EWS has no address there.",
    next="Ask IT about the licence of {mailbox}, and about the EWS URL of its server.",
    fields=("ews_url",),
    diagnosis=("13",),
    signal="an answer of Autodiscover without any EWS URL",
)
TOP_LEVEL_NEVER_ASKED = Cause(
    code="top-level-never-asked",
    title="That host is never asked",
    who=Who.IT,
    what="Autodiscover names {host}, which belongs to nobody's mail domain.",
    why="Whoever owns such a name would be sent the passwords of strangers.",
    next="Enter the EWS URL, and tell IT about that redirect.",
    fields=("ews_url",),
    diagnosis=("15",),
    signal="a redirect to autodiscover. and a top-level domain, such as autodiscover.com",
)
