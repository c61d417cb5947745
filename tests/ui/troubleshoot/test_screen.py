"""Troubleshoot: the words, the live check, what stands deeper, the text for IT, and where the keys lead."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.checkup import Stage
from oncetui.model.pins import fingerprint
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.certificates import (
    CA_FILE_UNREADABLE,
    CERTIFICATE_CHANGED,
    EXPIRED_CERTIFICATE,
    UNTRUSTED_CERTIFICATE,
)
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.proxies import PROXY_CUTS, PROXY_SIGN_IN
from oncetui.model.problems.sign_in import USER_NAME_FORM
from oncetui.model.tracing import TracedRequest
from oncetui.simulator.web.authority import root
from oncetui.ui.appearance import Appearance
from oncetui.ui.console.calendars import CalendarsScreen
from oncetui.ui.console.console import ConsoleScreen
from oncetui.ui.console.reconnect import ReconnectScreen
from oncetui.ui.marks import ASCII
from oncetui.ui.troubleshoot.screen import TroubleshootScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.wizard.certificate import CertificateScreen
from oncetui.ui.wizard.proxy import ProxyScreen
from tests.fakes.examiner import FakeExaminer
from tests.ui.console.examples import NOON, Office, office
from tests.ui.console.opened import console_app, console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

TLS = {
    "version": "TLSv1.3",
    "valid_until": "2027-03-02T00:00:00Z",
    "issuer": "Contoso Root",
    "sha256": "AB:CD",
}


def examiner_of(made: Office) -> FakeExaminer:
    examiner = made.profile.examiner
    assert isinstance(examiner, FakeExaminer)
    examiner.notes = {
        Stage.DNS: {"ipv4": "192.0.2.7"},
        Stage.PROXY: {"proxy": "none"},
        Stage.TCP: {"address": "192.0.2.7", "port": "443"},
        Stage.TLS: TLS,
        Stage.HTTP: {"product": "Exchange 2019", "build": "15.2.1544.4"},
    }
    return examiner


def expired() -> Office:
    made = office().connect()
    problem = EXPIRED_CERTIFICATE.problem(host="mail.contoso.example", reason="It ended on 2026-11-20.")
    examiner_of(made).fails = {Stage.TLS: ProblemError(problem)}
    return made.fault(problem)


@asynccontextmanager
async def troubleshooting(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TroubleshootScreen))
        yield pilot


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_when_nothing_is_wrong_it_says_so_and_offers_the_check(size: tuple[int, int]) -> None:
    async with troubleshooting(office().connect(), size) as pilot:
        await drawn_as_stored(pilot, "troubleshoot-well")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_check_shows_each_stage_and_what_was_not_tried(size: tuple[int, int]) -> None:
    async with troubleshooting(expired(), size) as pilot:
        await pilot.press("f")
        await until_text(pilot, "Not tried")
        await drawn_as_stored(pilot, "troubleshoot-failed")


async def test_a_check_of_a_working_connection_is_fine_in_every_stage() -> None:
    made = office().connect()
    examiner_of(made)
    async with troubleshooting(made) as pilot:
        await pilot.press("f")
        await until_text(pilot, "Everything is fine.")
        await drawn_as_stored(pilot, "troubleshoot-checked")


async def test_stages_appear_while_the_check_goes_on_and_esc_stops_it() -> None:
    made = office().connect()
    examiner_of(made).gate.shut()
    async with troubleshooting(made) as pilot:
        await pilot.press("f")
        await until(pilot, examiner_of(made).gate.arrived.is_set)
        await until_text(pilot, "under way…")
        await drawn_as_stored(pilot, "troubleshoot-checking")
        await pilot.press("escape")
        assert "The check is stopped; nothing was changed." in screen_text(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.opener.sign_ins == []


async def test_evidence_is_one_key_deeper_and_the_requests_another() -> None:
    made = expired()
    made.profile.trace.note(
        TracedRequest(
            NOON - timedelta(seconds=3),
            "POST",
            "mail.contoso.example",
            "/EWS/Exchange.asmx",
            "FindFolder",
            200,
            0.04,
            told=(("request-id", "624fc542"), ("X-FEServer", "EX01")),
        )
    )
    async with troubleshooting(made, LARGE) as pilot:
        await pilot.press("d")
        await until_text(pilot, "certificate-expired")
        assert "Get-ExchangeCertificate" in screen_text(pilot.app)
        assert "request-id" not in screen_text(pilot.app)
        await pilot.press("d")
        await until_text(pilot, "request-id: 624fc542")
        await drawn_as_stored(pilot, "troubleshoot-deep")
        await pilot.press("d")
        assert "certificate-expired" not in screen_text(pilot.app)


async def test_the_text_for_it_is_written_and_its_path_told() -> None:
    made = expired()
    async with troubleshooting(made) as pilot:
        await pilot.press("t")
        await until_text(pilot, "Written to /state/default.report-1.txt")
        assert pilot.app.clipboard == next(iter(made.store.reports.kept.values()))
    text = pilot.app.clipboard
    assert "The certificate has expired (certificate-expired)" in text
    assert "Get-ExchangeCertificate" in text


async def test_a_text_that_cannot_be_written_is_told() -> None:
    made = expired()
    made.store.reports.unwritable = DISK_FULL.problem(path="/state", reason="No space left on device")
    async with troubleshooting(made) as pilot:
        await pilot.press("t")
        await until_text(pilot, "No space left on device")


async def test_enter_goes_straight_to_the_password() -> None:
    async with troubleshooting(office().connect().change_password()) as pilot:
        assert "enter the password" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))
        assert pilot.app.focused is pilot.app.screen.query_one("#password", Field).input


async def test_enter_goes_straight_to_the_ews_url() -> None:
    made = office().connect()
    made.fault(HOST_NOT_FOUND.problem(host="mail.contoso.example"))
    async with troubleshooting(made) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))
        assert pilot.app.focused is pilot.app.screen.query_one("#ews_url", Field).input


async def test_enter_goes_straight_to_the_certificate_that_the_check_found_and_a_pin_connects() -> None:
    made = office().connect()
    shown = UNTRUSTED_CERTIFICATE.problem(host="mail.contoso.example", sha256=fingerprint("3f9a" * 16))
    examiner_of(made).fails = {Stage.TLS: ProblemError(shown)}
    async with troubleshooting(made) as pilot:
        await pilot.press("f")
        await until_text(pilot, "give a CA file")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CertificateScreen))
        await pilot.press("tab", *"yes", "enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    settings = made.store.settings.load()
    assert settings is not None
    assert settings.route.pins == (("mail.contoso.example", "3f9a" * 16),)


@pytest.mark.parametrize("cause", [PROXY_CUTS, PROXY_SIGN_IN])
async def test_enter_goes_straight_to_the_proxy_and_esc_back_to_reconnect(cause: Cause) -> None:
    made = office().connect()
    cut = cause.problem(proxy="http://proxy.contoso.example:3128", host="mail.contoso.example")
    examiner_of(made).fails = {Stage.PROXY: ProblemError(cut)}
    async with troubleshooting(made) as pilot:
        await pilot.press("f")
        await until_text(pilot, " enter ")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProxyScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))


async def test_a_ca_file_that_cannot_be_read_leads_to_the_field_for_another(tmp_path: Path) -> None:
    made = office().connect()
    path = tmp_path / "ca.pem"
    path.write_bytes(root(["contoso.example"], NOON, "Contoso CA").pem)
    made.fault(CA_FILE_UNREADABLE.problem(path="/etc/gone.pem", reason="No such file."))
    async with troubleshooting(made) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CertificateScreen))
        assert not pilot.app.screen.query("#pin")
        pilot.app.screen.query_one("#ca_file", Field).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    settings = made.store.settings.load()
    assert settings is not None
    assert settings.route.ca_file == path


@pytest.mark.parametrize("cause", [CERTIFICATE_CHANGED, PROXY_SIGN_IN, USER_NAME_FORM])
async def test_the_text_for_it_is_offered_beside_every_field_at_fault(cause: Cause) -> None:
    made = office().connect()
    problem = cause.problem(host="mail.contoso.example", sha256=fingerprint("3f9a" * 16), proxy="proxy")
    examiner_of(made).fails = {Stage.TLS: ProblemError(problem)}
    async with troubleshooting(made) as pilot:
        await pilot.press("f")
        await until_text(pilot, " enter ")
        assert "text for IT" in screen_text(pilot.app).splitlines()[-1]


@pytest.mark.parametrize("key", ["enter", "c"])
async def test_a_page_without_a_main_calendar_leads_to_the_calendars(key: str) -> None:
    made = office().connect()
    page = made.store.pages.pages()[0]
    made.store.pages.associate(page.id, type(page.associated)())
    async with troubleshooting(made) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))


async def test_without_colour_and_without_utf_8_everything_reads() -> None:
    app = console_app(expired(), appearance=Appearance(marks=ASCII))
    async with app.run_test(size=SMALL) as running:
        pilot: Pilot[Any] = running
        await until(pilot, lambda: isinstance(app.screen, ConsoleScreen) and app.screen.status is not None)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, TroubleshootScreen))
        await pilot.press("f")
        await until_text(pilot, "Not tried")
        await drawn_as_stored(pilot, "troubleshoot-ascii")
        assert screen_text(app).isascii()
