"""Who may come in, and what the administrators allow."""

from datetime import UTC, datetime, timedelta

from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.connection import Scheme
from oncetui.model.password_expiry import expiry_warnings
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret
from oncetui.model.state import ConnectionRecord, State
from tests.causes.https_servers import https_saying, identity
from tests.causes.producing import IT, RETRY, USER, Code, Played, SignedIn, on_two_lines, status_alone
from tests.causes.row import ANNA, HOST, Row, Stage

CARLA = "carla@contoso.example"


def _wrong_password(stage: Stage) -> Problem:
    return stage.opened(stage.site.access(ANNA, username=r"CONTOSO\anna"), Secret("not that one"))


def _wrong_form(stage: Stage) -> Problem:
    return stage.opened(stage.site.access(CARLA))


def _password_changed(stage: Stage) -> Problem:
    before = stage.site.mailboxes[ANNA]["password"]
    change = f"/mailboxes/{ANNA}/password"
    try:
        return stage.in_use(lambda: stage.site.control("PUT", change, password="Another-1"), Scheme.BASIC)
    finally:
        stage.site.control("PUT", change, password=before)


def _scheme_gone(stage: Stage) -> Problem:
    return stage.in_use(lambda: stage.play("schemes", schemes=["ntlm"]), Scheme.BASIC)


def _token_refused(stage: Stage) -> Problem:
    own = identity(stage.folder)
    head = (
        b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n"
        b'x-ms-diagnostics: 2000001;reason="The token is too weak.";error_category="invalid_token"\r\n\r\n'
    )
    with https_saying(head, own) as port:
        route = stage.at_port(port, own.authority)
        return stage.opened(stage.site.access(ANNA, Scheme.NTLM, route=route))


def _password_ends(stage: Stage) -> Problem:
    path = f"/mailboxes/{ANNA}/password-expiry"
    now = datetime.now(UTC)
    stage.site.control("PUT", path, expires=(now + timedelta(days=5)).isoformat())
    gateway = stage.gateway()
    try:
        (warning,) = expiry_warnings(ANNA, gateway.password_expires(), now, "Europe/Berlin")
        return warning
    finally:
        gateway.close()
        stage.site.control("DELETE", path)


def _bridged(stage: Stage) -> Problem:
    gateway = stage.gateway()
    now = datetime.now(UTC)
    before = ConnectionRecord(State.CONNECTED, now, last_success=now, way=gateway.way)
    gateway.close()
    stage.play("tls-bridge")
    refused = ProblemError(stage.opened(stage.site.access(ANNA, Scheme.NTLM)), secret_refused=True)
    return as_bridged(refused, before, now).problem


def _clock_off(stage: Stage) -> Problem:
    stage.play("clock-skew", seconds=1200)
    gateway = stage.gateway()
    gateway.close()
    (warning,) = gateway.way.warnings(HOST)
    return warning


SIGN_IN_ROWS = (
    Row("39", "password-refused", USER, "a wrong password", "Enter the password again", _wrong_password),
    Row("39", "password-changed", USER, "a password changed while connected", "Reconnect", _password_changed),
    Row("40", "user-name-form", USER, "the right password, by email address", "Enter Domain", _wrong_form),
    Row(
        "41",
        "account-locked",
        USER,
        "a locked account",
        "Wait half an hour",
        SignedIn("locked", mailbox=ANNA),
    ),
    Row("44", "modern-sign-in-only", IT, "a server that offers Bearer alone", "Ask IT", Played("bearer")),
    Row("45", "no-sign-in-offered", RETRY, "401 without a scheme", "Wait", status_alone(401)),
    Row("46", "extended-protection", IT, "another certificate on the way", "Ask IT", _bridged),
    Row("48", "sign-in-cut-in-two", IT, "each step of NTLM on a line of its own", "Ask IT", on_two_lines),
    Row(
        "51",
        "password-expired",
        USER,
        "an expired password",
        "Change it",
        SignedIn("expired-password", mailbox=ANNA),
    ),
    Row("51", "password-expires-soon", USER, "a password with five days left", "Change it", _password_ends),
    Row("52", "account-disabled", IT, "ErrorAccountDisabled", "Ask IT", Code("ErrorAccountDisabled")),
    Row("53", "scheme-switched-off", IT, "Basic switched off while connected", "Ask IT", _scheme_gone),
    Row("55", "sign-in-on-the-web", USER, "456", "Sign in to Outlook on the web", status_alone(456)),
    Row("62", "token-not-accepted", IT, "401 with x-ms-diagnostics", "Ask IT", _token_refused),
    Row(
        "63",
        "ews-switched-off",
        IT,
        "403 with its policy's reason",
        "Ask IT",
        SignedIn("forbidden", reason="EWS is disabled for this user or tenant"),
    ),
    Row(
        "64",
        "program-not-allowed",
        IT,
        "403, blocked by a policy",
        "Ask IT",
        SignedIn("forbidden", reason="The app is blocked by policy for this mailbox"),
    ),
    Row("95", "clock-wrong", USER, "a clock that is 20 minutes off", "Set the clock", _clock_off),
    Row("65", "forbidden", IT, "403 without a reason", "Ask IT", SignedIn("forbidden")),
)
