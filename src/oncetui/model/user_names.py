"""Which user name to send, in which form, by which scheme, and what a server that takes none of it says."""

from oncetui.model.connection import Scheme, SignIn, UsernameForm
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.sign_in import (
    MODERN_SIGN_IN_ONLY,
    NO_SCHEME,
    PASSWORD_REFUSED,
    SCHEME_SWITCHED_OFF,
    USER_NAME_FORM,
)
from oncetui.model.spelling import host_of

_BEST_FIRST = (Scheme.NTLM, Scheme.NEGOTIATE, Scheme.BASIC, Scheme.KERBEROS)


def sign_in_for(email: str, typed: str, probe: ServerProbe) -> SignIn:
    r"""Return how to sign in with what was typed.

    An empty Domain\UserName means the email address. NTLM goes before Basic where both are offered, since
    the password itself then never travels; Kerberos, which takes none, where it is all there is. Raises
    `ProblemError` where the server offers none of them.
    """
    scheme = next((scheme for scheme in _BEST_FIRST if scheme in probe.schemes), None)
    if scheme is None:
        raise ProblemError(no_scheme_for_us(probe))
    username = typed or email
    return SignIn(username, form_of(username, email), scheme)


def form_of(username: str, email: str) -> UsernameForm:
    """Return the form that a user name has."""
    if "\\" in username:
        return UsernameForm.DOMAIN
    if username.lower() == email.lower():
        return UsernameForm.EMAIL
    return UsernameForm.UPN if "@" in username else UsernameForm.BARE


def no_scheme_for_us(probe: ServerProbe) -> Problem:
    """Return why one can't sign in to a server as before: `diagnosis` 44, 45, 53."""
    host = host_of(probe.url)
    if probe.schemes:
        offered = ", ".join(probe.offered)
        return SCHEME_SWITCHED_OFF.problem(host=host, offered=offered)
    if probe.offered:
        return MODERN_SIGN_IN_ONLY.problem(host=host, offered=", ".join(probe.offered))
    return NO_SCHEME.problem(host=host, status=probe.status)


def of_a_proven_name(error: ProblemError) -> ProblemError:
    """Return a refusal as it stands for a user name that worked before: it is about the password."""
    if error.problem.code != USER_NAME_FORM.code:
        return error
    problem = PASSWORD_REFUSED.problem(**dict(error.problem.evidence))
    return ProblemError(problem, retry_after=error.retry_after, secret_refused=error.secret_refused)


def likely_domain_name(email: str, windows_domain: str | None) -> str:
    r"""Return what Domain\UserName is filled with: the server's Windows domain and the name before the @."""
    name = email.partition("@")[0]
    return f"{windows_domain}\\{name}" if windows_domain else ""
