"""What a refused first sign-in means."""

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.probing import probe_server, windows_domain_at
from oncetui.exchange.signing_in.latch import SecretRefusedError
from oncetui.exchange.transport.shown_certificate import sha256_of
from oncetui.exchange.transport.transport import Transport
from oncetui.model.connection import SignIn, UsernameForm
from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import NO_SCHEME, USER_NAME_FORM


def problem_of_refusal(
    refusal: SecretRefusedError, sign_in: SignIn, at: Circumstances, url: str, transport: Transport
) -> ProblemError:
    """Return the problem of the password, or of the user name's form where the evidence points to it.

    The latter where an email address was refused by a server that has a Windows domain (`diagnosis` 40).
    After Basic the domain is asked for at `url`, without credentials. So are the schemes where the refusal
    names none: a server that names none to anybody says nothing of the password (`diagnosis` 45).
    """
    if not refusal.facts.offered:
        try:
            probe_server(url, transport)
        except ProblemError as error:
            if error.problem.code == NO_SCHEME.code:
                return error
    domain = refusal.windows_domain
    if sign_in.form is not UsernameForm.EMAIL:
        return problem_of(refusal, at)
    if domain is None:
        with transport.session() as session:
            domain = windows_domain_at(url, session, refusal.facts)
    if domain is None:
        return problem_of(refusal, at)
    bound_to = None if refusal.certificate is None else sha256_of(refusal.certificate)
    problem = USER_NAME_FORM.problem(
        username=at.username, windows_domain=domain, host=at.host, sha256=bound_to
    )
    return ProblemError(problem, secret_refused=True)
