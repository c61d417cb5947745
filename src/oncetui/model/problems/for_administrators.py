"""What an administrator looks at for a problem: exact commands and settings, by the problem's code.

Commands are those of the Exchange Management Shell and of Windows, as Microsoft documents them.
`{host}` and `{mailbox}` are put in where they are known.
"""

from oncetui.model.problem import Problem, Who

_EWS_DIRECTORY = (
    "Get-WebServicesVirtualDirectory -ADPropertiesOnly | fl Server,*Auth*,ExtendedProtection*,*Url"
)
_CERTIFICATES = "Get-ExchangeCertificate | fl Subject,CertificateDomains,NotAfter,Services,Status,Thumbprint"
_SERVICE_HEALTH = "Test-ServiceHealth; Get-ServerComponentState -Identity SERVER"
_IIS_LOG = (
    "the IIS log of the front end (C:\\inetpub\\logs\\LogFiles\\W3SVC1), by the request ids and times below"
)
_EWS_LOG = "the EWS log (…\\V15\\Logging\\Ews), by the request ids below"
_FIREWALL = "the firewall or publishing rule for {host}, port 443, path /EWS/*"

_BY_CODE: dict[str, tuple[str, ...]] = {
    "host-not-found": ("Resolve-DnsName {host}", "the DNS zone of {host}, inside and outside"),
    "host-gone": ("Resolve-DnsName {host}",),
    "names-unavailable": ("the name servers of this computer: resolvectl status, or scutil --dns",),
    "no-server-found": (
        "Get-ClientAccessService | fl Name,AutoDiscoverServiceInternalUri",
        "Resolve-DnsName -Type SRV _autodiscover._tcp.DOMAIN",
        "Resolve-DnsName autodiscover.DOMAIN",
    ),
    "redirect-loop": (
        "Get-WebServicesVirtualDirectory | fl Server,InternalUrl,ExternalUrl",
        "Get-MailUser {mailbox} | fl ExternalEmailAddress,RecipientTypeDetails",
    ),
    "address-unknown": ("Get-Recipient {mailbox} | fl RecipientTypeDetails,EmailAddresses",),
    "proxy-unreachable": ("the proxy's own log and listening port",),
    "proxy-gone": ("the proxy's own log and listening port",),
    "proxy-sign-in": ("the proxy's rule for CONNECT to {host}:443",),
    "proxy-refuses": ("the proxy's rule for CONNECT to {host}:443",),
    "proxy-password-refused": ("the proxy's own log, for CONNECT to {host}:443",),
    "proxy-sign-in-unsupported": ("the proxy's sign-in schemes: Basic, or a bypass for {host}",),
    "proxy-certificate": ("the certificate of the proxy's own TLS port",),
    "proxy-cuts": ("the proxy's rule and time-outs for CONNECT to {host}:443",),
    "proxy-cannot-reach": ("the proxy's way to {host}, port 443, and its name server",),
    "proxy-breaks-sign-in": ("the proxy's bypass list: {host} without inspection, connections kept alive",),
    "ipv6-broken": ("Resolve-DnsName {host} -Type AAAA", "Test-NetConnection {host} -Port 443 by IPv6"),
    "inside-address": ("the DNS zone of {host}, inside and outside",),
    "connection-refused": ("Test-NetConnection {host} -Port 443", _FIREWALL, "Get-Service W3SVC"),
    "no-answer": ("Test-NetConnection {host} -Port 443", _FIREWALL, _SERVICE_HEALTH),
    "connection-lost": (_FIREWALL, "idle and session limits of the load balancer in front of {host}"),
    "certificate-untrusted": (_CERTIFICATES, "Enable-ExchangeCertificate -Services IIS"),
    "certificate-expired": (_CERTIFICATES, "Enable-ExchangeCertificate -Services IIS"),
    "certificate-not-yet-valid": (_CERTIFICATES, "w32tm /query /status"),
    "certificate-changed": (_CERTIFICATES, "whether the certificate was renewed on purpose"),
    "tls-inspection": ("the inspecting firewall's bypass list: {host}",),
    "client-certificate-wanted": (
        "IIS, site of /EWS, SSL Settings: client certificates Ignore",
        "netsh http show sslcert",
    ),
    "handshake-refused": ("Get-TlsCipherSuite", _CERTIFICATES, "TLS inspection on the way to {host}"),
    "certificate-name": (_CERTIFICATES, "Set-WebServicesVirtualDirectory -ExternalUrl"),
    "certificate-chain": (_CERTIFICATES, "the intermediate authorities in certlm.msc of the front end"),
    "tls-too-old": (
        "Get-TlsCipherSuite",
        "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols",
    ),
    "handshake-cut": (_FIREWALL, "TLS inspection on the way to {host}"),
    "not-https": ("netstat -ano on {host}: which process listens on port 443",),
    "not-exchange": ("Get-WebServicesVirtualDirectory | fl Server,InternalUrl,ExternalUrl", _FIREWALL),
    "login-page": ("pre-authentication of the publishing rule for /EWS/*", _EWS_DIRECTORY),
    "company-sign-in-page": ("pre-authentication of the publishing rule for /EWS/*", _EWS_DIRECTORY),
    "gateway-fault": ("the log of the gateway in front of {host}, by the times below",),
    "exchange-error-page": (_SERVICE_HEALTH, _IIS_LOG),
    "rejected-in-front": (_FIREWALL, "the log of the web application firewall, by the times below"),
    "gateway-down": (_SERVICE_HEALTH, "Get-WebAppPoolState MSExchangeServicesAppPool", _IIS_LOG),
    "request-too-large": (
        "maxRequestLength and maxAllowedContentLength in the web.config of /EWS",
        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters: MaxFieldLength, MaxRequestBytes",
    ),
    "answer-not-understood": (_EWS_LOG, "what on the way to {host} rewrites or cuts answers"),
    "password-refused": (_EWS_DIRECTORY, "security events 4625 and 4776 of the domain controller"),
    "password-changed": ("security events 4625 and 4776 of the domain controller",),
    "refused-before": ("security events 4625 and 4776 of the domain controller",),
    "user-name-form": ("Get-User {mailbox} | fl SamAccountName,UserPrincipalName", _EWS_DIRECTORY),
    "account-locked": ("Search-ADAccount -LockedOut", "Unlock-ADAccount", "security event 4740"),
    "password-expired": ("Get-ADUser NAME -Properties PasswordExpired,PasswordLastSet",),
    "account-disabled": ("Get-ADUser NAME -Properties Enabled", "Enable-ADAccount"),
    "modern-sign-in-only": (
        _EWS_DIRECTORY,
        "Get-AuthenticationPolicy | fl Name,BlockLegacyAuth*",
        "Get-OrganizationConfig | fl OAuth2ClientProfileEnabled,DefaultAuthenticationPolicy",
    ),
    "no-sign-in-offered": (_EWS_DIRECTORY, "what in front of {host} strips WWW-Authenticate headers"),
    "extended-protection": (
        "Get-WebServicesVirtualDirectory | fl Server,ExtendedProtectionTokenChecking,ExtendedProtectionFlags",
        "SSL offloading or bridging in front of {host}: its certificate has to be the front end's",
    ),
    "old-ntlm-wanted": ("Network security: LAN Manager authentication level (secpol.msc)", "event 4625"),
    "sign-in-cut-in-two": ("keep-alive and session affinity of the load balancer in front of {host}",),
    "scheme-switched-off": (_EWS_DIRECTORY,),
    "kerberos-service-unknown": ("setspn -Q HTTP/{host}", "setspn -S HTTP/{host} ACCOUNT"),
    "kerberos-refused": ("setspn -Q HTTP/{host}", "Get-ClientAccessService | fl AlternateServiceAccount*"),
    "token-not-accepted": ("Get-AuthServer | fl", "Get-AuthConfig | fl"),
    "program-not-allowed": (
        "Get-CASMailbox {mailbox} | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList",
        "Get-OrganizationConfig | fl EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList",
    ),
    "ews-switched-off": (
        "Get-CASMailbox {mailbox} | fl Ews*",
        "Set-CASMailbox {mailbox} -EwsEnabled $true",
        "Get-OrganizationConfig | fl Ews*",
    ),
    "forbidden": (
        "Get-CASMailbox {mailbox} | fl Ews*",
        "Get-OrganizationConfig | fl Ews*",
        "the rules of IIS for /EWS (Authorization Rules, IP Address Restrictions)",
        _IIS_LOG,
    ),
    "mailbox-unknown": ("Get-Mailbox {mailbox} | fl PrimarySmtpAddress,RecipientTypeDetails,Database",),
    "mailbox-denied": ("Get-MailboxPermission {mailbox}", "Get-MailboxFolderPermission {mailbox}:\\Calendar"),
    "mailbox-unavailable": (
        "Get-MailboxDatabaseCopyStatus",
        "Get-MoveRequest {mailbox}",
        "Get-MailboxStatistics {mailbox}",
    ),
    "mailbox-on-another-server": (
        "Get-Mailbox {mailbox} | fl ServerName,Database",
        "Get-MoveRequest {mailbox}",
    ),
    "mailbox-full": (
        "Get-Mailbox {mailbox} | fl *Quota*,UseDatabaseQuotaDefaults",
        "Get-MailboxStatistics {mailbox} | fl TotalItemSize,StorageLimitStatus",
    ),
    "mailbox-unlicensed": ("Get-Mailbox {mailbox} | fl RecipientTypeDetails,SKUAssigned",),
    "no-exchange-licence": ("Get-CASMailbox {mailbox} | fl Ews*,MAPIEnabled",),
    "account-not-accepted": ("Get-User {mailbox} | fl RecipientTypeDetails,UserAccountControl", _EWS_LOG),
    "schema-refused": ("Get-ExchangeServer | fl Name,AdminDisplayVersion", _EWS_LOG),
    "throttled": (
        "Get-ThrottlingPolicyAssociation {mailbox}",
        "Get-ThrottlingPolicy | fl Name,Ews*",
    ),
    "calendar-missing": ("Get-MailboxFolderStatistics {mailbox} -FolderScope Calendar",),
    "calendar-read-only": ("Get-MailboxFolderPermission {mailbox}:\\Calendar",),
    "calendar-unreadable": ("Get-MailboxFolderPermission OWNER:\\Calendar",),
    "calendar-not-shared": ("Get-MailboxFolderPermission OWNER:\\Calendar",),
    "clock-wrong": ("w32tm /query /status on the server; timedatectl or sntp here",),
    "unknown": (_IIS_LOG, _EWS_LOG),
}
_FOR_IT = (_IIS_LOG, _EWS_DIRECTORY)


def to_look_at(problem: Problem, mailbox: str | None = None) -> tuple[str, ...]:
    """Return the commands and settings to look at, none where a problem is none of an administrator's."""
    evidence = dict(problem.evidence)
    known = {
        "{host}": evidence.get("host", "HOST"),
        "{mailbox}": evidence.get("mailbox") or mailbox or "MAILBOX",
    }
    texts = _BY_CODE.get(problem.code, _FOR_IT if problem.who is Who.IT else ())
    return tuple(_put_in(text, known) for text in texts)


def codes() -> frozenset[str]:
    """Return the codes that something is known for."""
    return frozenset(_BY_CODE)


def _put_in(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text
