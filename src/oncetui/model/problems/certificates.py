"""TLS: who the server proves to be."""

from oncetui.model.problem import Cause, Who

UNTRUSTED_CERTIFICATE = Cause(
    code="certificate-untrusted",
    title="The certificate is signed by nobody this computer trusts",
    who=Who.USER,
    what="{host} shows a certificate that this computer does not trust.",
    why="It is self-signed, or signed by an authority that only your company knows.",
    next="Ask IT for the authority's certificate and give it as the CA file, or for the SHA-256 of this "
    "certificate and pin it.",
    fields=("ca_file", "pin"),
    diagnosis=("22", "26"),
)
EXPIRED_CERTIFICATE = Cause(
    code="certificate-expired",
    title="The certificate has expired",
    who=Who.IT,
    what="The certificate of {host} is no longer valid, or not yet.",
    why="{reason}",
    next="Ask IT to renew the certificate of {host}; check this computer's clock too.",
    diagnosis=("23",),
)
WRONG_NAME_CERTIFICATE = Cause(
    code="certificate-name",
    title="The certificate is for another name",
    who=Who.USER,
    what="The certificate that {host} shows is made out to another name.",
    why="{reason}",
    next="Enter the EWS URL with a name that stands in the certificate.",
    fields=("ews_url",),
    diagnosis=("24",),
)
INCOMPLETE_CHAIN = Cause(
    code="certificate-chain",
    title="The server leaves out a certificate",
    who=Who.IT,
    what="{host} does not send the certificate between its own and the authority's.",
    why="Browsers fill that gap by themselves and hide the fault.",
    next="Ask IT to install the missing intermediate certificate on {host}.",
    diagnosis=("25",),
)
CERTIFICATE_CHANGED = Cause(
    code="certificate-changed",
    title="The certificate is not the one that you agreed to",
    who=Who.USER,
    what="{host} shows another certificate than the one that you agreed to; nothing was sent to it.",
    why="Agreed to was SHA-256 {pinned}; shown is {sha256}. It was renewed, or somebody is in between.",
    next="Ask IT whether they renewed it. If so, Reconnect and trust the new one.",
    fields=("pin",),
    diagnosis=("22",),
)
CA_FILE_UNREADABLE = Cause(
    code="ca-file-unreadable",
    title="The CA file can't be read",
    who=Who.USER,
    what="The CA file {path} can't be read.",
    why="{reason}",
    next="Give a file with certificates in PEM form, as in --ca-file company-ca.pem.",
    fields=("ca_file",),
)
TLS_TOO_OLD = Cause(
    code="tls-too-old",
    title="The server's encryption is too old",
    who=Who.IT,
    what="{host} speaks no version of TLS that may still be used.",
    why="TLS 1.2 is the oldest that is safe.",
    next="Ask IT to enable TLS 1.2 on {host}.",
    diagnosis=("27",),
)
NOT_TLS = Cause(
    code="not-https",
    title="That port does not speak HTTPS",
    who=Who.USER,
    what="{host} answers on this port, but not in HTTPS.",
    why="The address leads to another service.",
    next="Correct the EWS URL; Exchange listens on port 443.",
    fields=("ews_url",),
    diagnosis=("29",),
)
HANDSHAKE_CUT = Cause(
    code="handshake-cut",
    title="The encrypted connection is cut off",
    who=Who.RETRY,
    what="The connection to {host} is cut while the encryption is being agreed on.",
    why="A firewall or a VPN client on the way does that, not the certificate.",
    next="Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
    visible_after=30,
    diagnosis=("30",),
)
