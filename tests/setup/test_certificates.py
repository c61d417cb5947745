"""What the certificate step shows, and what a person may answer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.model.connection import NetworkRoute
from oncetui.model.pins import fingerprint
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems.certificates import (
    CA_FILE_UNREADABLE,
    CERTIFICATE_CHANGED,
    EXPIRED_CERTIFICATE,
    TLS_INSPECTION,
    UNTRUSTED_CERTIFICATE,
)
from oncetui.model.problems.local import DISK_FULL
from oncetui.setup.answers import Answers
from oncetui.setup.certificates import bound_to_shown, ca_file_from, pin_from, pinned_route, shown_facts
from oncetui.simulator.web.authority import Validity, root, server

HOST = "mail.contoso.example"
DIGITS = "3f9a" * 16
OTHER = "00" * 32
NOW = datetime.now(UTC)


def untrusted(digits: str = DIGITS, host: str = HOST) -> Problem:
    return UNTRUSTED_CERTIFICATE.problem(
        host=host,
        subject=HOST,
        issuer=HOST,
        names=HOST,
        valid_from="2026-03-01T00:00:00Z",
        valid_until="2027-03-01T00:00:00Z",
        chain=HOST,
        sha256=fingerprint(digits),
        sha1=fingerprint("ab" * 20),
    )


def test_the_step_shows_everything_by_which_a_certificate_is_known() -> None:
    facts = shown_facts(untrusted())
    assert facts is not None
    assert dict(facts.rows) == {
        "Issued to": HOST,
        "Issued by": "itself",
        "Names": HOST,
        "Valid": "1 Mar 2026 to 1 Mar 2027",
        "Chain": HOST,
        "SHA-256": fingerprint(DIGITS)[:47] + "\n" + fingerprint(DIGITS)[48:],
        "SHA-1": fingerprint("ab" * 20),
    }
    assert facts.takes_ca_file


def test_a_changed_certificate_is_shown_beside_the_one_agreed_to() -> None:
    evidence = dict(untrusted().evidence) | {"pinned": fingerprint(OTHER)}
    facts = shown_facts(CERTIFICATE_CHANGED.problem(**evidence))
    assert facts is not None
    assert facts.pinned == fingerprint(OTHER)
    assert not facts.takes_ca_file


@pytest.mark.parametrize("cause", [CA_FILE_UNREADABLE, UNTRUSTED_CERTIFICATE, TLS_INSPECTION])
def test_where_no_certificate_was_seen_a_ca_file_alone_is_asked_for(cause: Cause) -> None:
    facts = shown_facts(cause.problem(path="x", host=HOST, issuer="A device"))
    assert facts is not None
    assert (facts.takes_ca_file, facts.sha256, facts.rows) == (True, "", ())
    assert bound_to_shown(Answers("anna@contoso.example", pins=(DIGITS,)), cause.problem(path="x")) is None


@pytest.mark.parametrize(
    "problem",
    [None, DISK_FULL.problem(path="x"), EXPIRED_CERTIFICATE.problem(host=HOST, reason="Expired.")],
)
def test_without_a_certificate_there_is_nothing_to_decide(problem: Problem | None) -> None:
    assert shown_facts(problem) is None


@pytest.mark.parametrize("typed", ["yes", " YES ", fingerprint(DIGITS), DIGITS])
def test_a_yes_or_the_sha_256_from_it_pins_the_certificate_to_its_host(typed: str) -> None:
    facts = shown_facts(untrusted())
    assert facts is not None
    assert pinned_route(facts, pin_from(facts, typed)) == NetworkRoute(pins=((HOST, DIGITS),))


@pytest.mark.parametrize("typed", ["", "no", "ok", "yes please"])
def test_nothing_but_a_yes_is_consent(typed: str) -> None:
    facts = shown_facts(untrusted())
    assert facts is not None
    with pytest.raises(ValueError, match="Type yes"):
        pin_from(facts, typed)


def test_another_sha_256_than_the_one_shown_is_a_warning() -> None:
    facts = shown_facts(untrusted())
    assert facts is not None
    with pytest.raises(ValueError, match="another certificate than the one shown"):
        pin_from(facts, OTHER)


def test_a_pin_told_beforehand_is_bound_to_the_host_that_shows_it_and_to_no_other() -> None:
    answers = Answers("anna@contoso.example", pins=(DIGITS,))
    assert bound_to_shown(answers, untrusted(OTHER)) is None
    bound = bound_to_shown(answers, untrusted())
    assert bound is not None
    assert bound.route.pins == ((HOST, DIGITS),)
    assert bound_to_shown(bound, untrusted()) is None
    assert bound_to_shown(Answers("anna@contoso.example"), untrusted()) is None


def test_of_several_pins_each_is_bound_where_it_is_met() -> None:
    answers = Answers("anna@contoso.example", pins=(DIGITS, OTHER))
    first = bound_to_shown(answers, untrusted(OTHER, "autodiscover.contoso.example"))
    assert first is not None
    second = bound_to_shown(first, untrusted())
    assert second is not None
    assert second.route.pins == (("autodiscover.contoso.example", OTHER), (HOST, DIGITS))


def test_a_file_with_an_authority_is_a_ca_file(tmp_path: Path) -> None:
    path = tmp_path / "company ca.pem"
    path.write_bytes(b"a comment\n" + root(["contoso.example"], NOW, "Contoso CA").pem)
    assert ca_file_from(f" '{path}' ") == path


@pytest.mark.parametrize("kind", ["none", "folder", "text", "key", "leaf", "der", "binary"])
def test_what_is_no_ca_file_is_told_in_a_sentence(tmp_path: Path, kind: str) -> None:
    issued = server([HOST], Validity.around(NOW), None)
    path = tmp_path / "file"
    if kind == "folder":
        path.mkdir()
    elif kind != "none":
        content = {
            "text": b"no certificate",
            "key": issued.key_pem,
            "leaf": issued.pem,
            "der": b"\x30\x82\x01\x0a",
            "binary": bytes(range(256)),
        }[kind]
        path.write_bytes(content)
    told = {"none": "no such file", "folder": "is a directory", "leaf": "no authority's", "der": "DER form"}
    with pytest.raises(ValueError, match=told.get(kind, "no certificate in PEM form")):
        ca_file_from(str(path))
