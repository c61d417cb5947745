"""The spellings of a user name, and whose account each of them names."""

from dataclasses import dataclass

from oncetui.simulator.world import Exchange, Mailbox, UserNameForm


@dataclass(frozen=True)
class NamedAccount:
    """An account and the spellings that name it in the way it was named."""

    mailbox: Mailbox
    forms: frozenset[UserNameForm]

    @property
    def accepted(self) -> bool:
        """Whether the account may sign in when it is named so."""
        return bool(self.forms & self.mailbox.forms)


def account_named(exchange: Exchange, name: str, windows_domain: str = "") -> NamedAccount | None:
    r"""Return the account that an email address, a UPN, `DOMAIN\name`, or a bare name means.

    NTLM sends the domain beside the name, Basic inside it. Letters count in any case, as in Active Directory.
    """
    if not windows_domain and "\\" in name:
        windows_domain, _, name = name.partition("\\")
    found = ((mailbox, _forms(mailbox, name, windows_domain)) for mailbox in exchange.mailboxes.values())
    return next((NamedAccount(mailbox, forms) for mailbox, forms in found if forms), None)


def _forms(mailbox: Mailbox, name: str, windows_domain: str) -> frozenset[UserNameForm]:
    name = name.casefold()
    forms: set[UserNameForm] = set()
    if "@" not in name:
        own_domain = mailbox.windows_domain.casefold()
        if name == mailbox.username.casefold() and windows_domain.casefold() in {"", own_domain}:
            forms.add("domain")
    elif not windows_domain:
        if name == mailbox.email.casefold():
            forms.add("email")
        if name == mailbox.upn.casefold():
            forms.add("upn")
    return frozenset(forms)
