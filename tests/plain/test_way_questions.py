"""A certificate and a proxy that are in the way, asked about line by line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.connection import STRAIGHT, NetworkRoute
from oncetui.model.pins import fingerprint
from oncetui.model.problems.certificates import CERTIFICATE_CHANGED, WRONG_NAME_CERTIFICATE
from oncetui.model.problems.proxies import PROXY_CERTIFICATE, PROXY_SIGN_IN
from oncetui.model.secret import Secret
from oncetui.plain.way_questions import ask_way_on
from oncetui.simulator.web.authority import root
from tests.plain.scripted import ScriptedConsole
from tests.setup.test_certificates import DIGITS, HOST, OTHER, untrusted


def test_a_certificate_is_shown_in_full_and_a_yes_pins_it() -> None:
    io = ScriptedConsole("", "perhaps", "", "yes")
    assert ask_way_on(io, untrusted(), STRAIGHT).route == NetworkRoute(pins=((HOST, DIGITS),))
    assert fingerprint(DIGITS)[:47] in io.transcript
    assert "Type yes to trust exactly this certificate" in io.transcript


def test_a_changed_certificate_is_shown_beside_the_one_agreed_to() -> None:
    evidence = dict(untrusted().evidence) | {"pinned": fingerprint(OTHER)}
    io = ScriptedConsole(fingerprint(DIGITS))
    way = ask_way_on(io, CERTIFICATE_CHANGED.problem(**evidence), STRAIGHT)
    assert way.route.pins == ((HOST, DIGITS),)
    assert "agreed to" in io.transcript


def test_a_name_of_the_certificate_is_offered() -> None:
    evidence = dict(untrusted().evidence) | {"resolves": "owa.contoso.example", "reason": "Another name."}
    way = ask_way_on(ScriptedConsole("yes"), WRONG_NAME_CERTIFICATE.problem(**evidence), STRAIGHT)
    assert way.ews_url == "https://owa.contoso.example/EWS/Exchange.asmx"


def test_a_proxy_is_asked_for_user_and_password() -> None:
    problem = PROXY_SIGN_IN.problem(proxy="http://proxy.example:3128")
    io = ScriptedConsole("", "anna", "geheim")
    route = ask_way_on(io, problem, STRAIGHT).route
    assert route == NetworkRoute(
        proxy="http://proxy.example:3128", proxy_user="anna", proxy_password=Secret("geheim")
    )
    assert "geheim" not in io.transcript


def test_a_proxy_whose_certificate_is_not_trusted_is_asked_for_the_authoritys_file(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(root(["contoso.example"], datetime.now(UTC), "Contoso CA").pem)
    io = ScriptedConsole("", "", "", f"{path}.old", "", "", "", str(path))
    route = ask_way_on(io, PROXY_CERTIFICATE.problem(proxy="https://proxy.example:3129"), STRAIGHT).route
    assert route == NetworkRoute(ca_file=path, proxy="https://proxy.example:3129")
    assert "A CA file is named as in ~/company-ca.pem" in io.transcript


def test_leaving_trusts_nothing() -> None:
    with pytest.raises(CancelledByUserError):
        ask_way_on(ScriptedConsole(), untrusted(), STRAIGHT)
