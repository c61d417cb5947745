"""Which user name to send, in which form, by which scheme."""

from oncetui.model.connection import Scheme, SignIn, UsernameForm
from oncetui.model.discovering import ServerProbe


def sign_in_for(email: str, typed: str, probe: ServerProbe) -> SignIn | None:
    r"""Return how to sign in with what was typed; None where the server offers no scheme that we can use.

    An empty Domain\UserName means the email address. NTLM goes before Basic where both are offered, since
    the password itself then never travels.
    """
    scheme = next((scheme for scheme in (Scheme.NTLM, Scheme.BASIC) if scheme in probe.schemes), None)
    if scheme is None:
        return None
    username = typed or email
    return SignIn(username, form_of(username, email), scheme)


def form_of(username: str, email: str) -> UsernameForm:
    """Return the form that a user name has."""
    if "\\" in username:
        return UsernameForm.DOMAIN
    if username.lower() == email.lower():
        return UsernameForm.EMAIL
    return UsernameForm.UPN if "@" in username else UsernameForm.BARE


def likely_domain_name(email: str, windows_domain: str | None) -> str:
    r"""Return what Domain\UserName is filled with: the server's Windows domain and the name before the @."""
    name = email.partition("@")[0]
    return f"{windows_domain}\\{name}" if windows_domain else ""
