"""Which class signs in by which scheme."""

from collections.abc import Callable

from oncetui.exchange.signing_in.basic import BasicSignIn
from oncetui.exchange.signing_in.kerberos import KerberosSignIn
from oncetui.exchange.signing_in.latch import Latch
from oncetui.exchange.signing_in.ntlm import NtlmSignIn
from oncetui.exchange.signing_in.wire import SigningIn
from oncetui.model.connection import Scheme, SignIn
from oncetui.model.secret import Secret


def sign_ins_for(sign_in: SignIn, secret: Secret, latch: Latch) -> Callable[[], SigningIn]:
    """Return what makes sign-ins, one a session, that share the secret's latch."""
    if sign_in.scheme is Scheme.BASIC:
        return lambda: BasicSignIn(sign_in.username, secret, latch)
    if sign_in.scheme is Scheme.KERBEROS:
        return KerberosSignIn
    name = "Negotiate" if sign_in.scheme is Scheme.NEGOTIATE else "NTLM"
    return lambda: NtlmSignIn(sign_in.username, secret, latch, name)
