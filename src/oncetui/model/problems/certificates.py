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
    depends_on="captive-portal",
    diagnosis=("22", "26"),
    signal="a self-signed certificate, or one of an unknown authority",
)
TLS_INSPECTION = Cause(
    code="tls-inspection",
    title="A device of the company opens the encryption",
    who=Who.USER,
    what="The certificate for {host} is made by {issuer}, which looks into encrypted connections.",
    why="Computers of the company trust that device; this program on this computer does not yet.",
    next="Ask IT for the device's authority certificate, and give it as the CA file.",
    fields=("ca_file",),
    diagnosis=("26",),
    signal="an untrusted certificate whose issuer is a product for TLS inspection",
)
EXPIRED_CERTIFICATE = Cause(
    code="certificate-expired",
    title="The certificate has expired",
    who=Who.IT,
    what="The certificate of {host} is no longer valid.",
    why="Certificates run out, and this one was not renewed in time.",
    next="Ask IT to renew the certificate of {host}.",
    depends_on="clock-wrong",
    diagnosis=("23",),
    signal="the certificate's last day is over",
)
FUTURE_CERTIFICATE = Cause(
    code="certificate-not-yet-valid",
    title="The certificate is not valid yet",
    who=Who.IT,
    what="The certificate of {host} begins to be valid later than this computer's time.",
    why="Either this computer's clock is slow, or the certificate was installed too early.",
    next="Check this computer's clock; if it is right, tell IT.",
    depends_on="clock-wrong",
    diagnosis=("23",),
    signal="the certificate's first day is yet to come",
)
WRONG_NAME_CERTIFICATE = Cause(
    code="certificate-name",
    title="The certificate is for another name",
    who=Who.USER,
    what="The certificate that {host} shows is made out to another name.",
    why="The server is known by another name, or the address leads to another server.",
    next="Enter the EWS URL with a name that stands in the certificate.",
    fields=("ews_url",),
    diagnosis=("24",),
    signal="the host's name isn't among those of the certificate",
)
INCOMPLETE_CHAIN = Cause(
    code="certificate-chain",
    title="The server leaves out a certificate",
    who=Who.IT,
    what="{host} does not send the certificate between its own and the authority's.",
    why="Browsers fill that gap by themselves and hide the fault.",
    next="Ask IT to install the missing intermediate certificate on {host}.",
    diagnosis=("25",),
    signal="the server sends its own certificate only, and its issuer is no root that is known here",
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
    signal="the certificate isn't the one that is pinned",
)
CA_FILE_UNREADABLE = Cause(
    code="ca-file-unreadable",
    title="The CA file can't be read",
    who=Who.USER,
    what="The CA file {path} can't be read.",
    why="{reason}",
    next="Give a file with certificates in PEM form, as in --ca-file company-ca.pem.",
    fields=("ca_file",),
    signal="the file of --ca-file is absent, may not be read, or holds no certificate",
)
TLS_TOO_OLD = Cause(
    code="tls-too-old",
    title="The server's encryption is too old",
    who=Who.IT,
    what="{host} speaks no version of TLS that may still be used.",
    why="TLS 1.2 is the oldest that is safe.",
    next="Ask IT to enable TLS 1.2 on {host}.",
    diagnosis=("27",),
    signal="the server knows TLS 1.0 and 1.1 only",
)
CLIENT_CERTIFICATE_WANTED = Cause(
    code="client-certificate-wanted",
    title="The server wants a certificate from this computer",
    who=Who.IT,
    what="{host} lets in only computers that show a certificate of their own.",
    why="A company rule on the server or on a gateway in front asks for it; oncetui can't show one.",
    next="Ask IT to let /EWS/ in without a client certificate.",
    diagnosis=("28",),
    signal="the TLS alert certificate_required, or 403.7 of IIS",
)
HANDSHAKE_REFUSED = Cause(
    code="handshake-refused",
    title="The server breaks the encryption off",
    who=Who.IT,
    what="{host} refuses to agree on an encryption.",
    why="It shares none with this computer, or wants a certificate from it; it doesn't say which.",
    next="Ask IT which encryption and which client certificates {host} asks for.",
    diagnosis=("28",),
    signal="the TLS alert handshake_failure, which gives no reason",
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
    signal="the answer to the TLS handshake is not TLS",
)
HANDSHAKE_CUT = Cause(
    code="handshake-cut",
    title="The encrypted connection is cut off",
    who=Who.IT,
    what="The connection to {host} is cut while the encryption is being agreed on.",
    why="A firewall or a VPN client on the way does that, not the certificate.",
    next="Ask IT whether a firewall or VPN client stands between this computer and {host}.",
    diagnosis=("30",),
    signal="the connection ends during the TLS handshake",
)
