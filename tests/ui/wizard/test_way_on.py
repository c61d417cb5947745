"""The steps for a certificate and a proxy that are in the way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.model.connection import NetworkRoute
from oncetui.model.pins import fingerprint
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.certificates import UNTRUSTED_CERTIFICATE
from oncetui.model.problems.proxies import PROXY_CERTIFICATE, PROXY_PASSWORD_REFUSED, PROXY_SIGN_IN
from oncetui.model.secret import Secret
from oncetui.simulator.web.authority import root
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.path_suggester import completed
from oncetui.ui.wizard.account import AccountScreen
from oncetui.ui.wizard.calendars import CalendarsScreen
from oncetui.ui.wizard.certificate import CertificateScreen
from oncetui.ui.wizard.proxy import ProxyScreen
from tests.ui.drawn import LARGE, SMALL, check_golden, screen_text, until, until_text
from tests.ui.wizard.examples import World, sign_in

HOST = "mail.contoso.example"
DIGITS = "3f9a" * 16
PROXY = "http://proxy.contoso.example:3128"


def untrusted() -> Problem:
    return UNTRUSTED_CERTIFICATE.problem(
        host=HOST,
        subject=HOST,
        issuer="Contoso Issuing CA · Contoso",
        names="mail.contoso.example, autodiscover.contoso.example, owa.contoso.example",
        valid_from="2026-03-01T00:00:00Z",
        valid_until="2027-03-01T00:00:00Z",
        chain="mail.contoso.example ← Contoso Issuing CA · Contoso",
        sha256=fingerprint(DIGITS),
        sha1=fingerprint("ab" * 20),
    )


def met_by(problem: Problem) -> World:
    world = World()
    world.opener.problems = [ProblemError(problem)]
    return world


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_the_certificate_is_shown_in_full(size: tuple[int, int]) -> None:
    app = met_by(untrusted()).app()
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, CertificateScreen))
        await until_text(pilot, "Trust it")
        check_golden(app, "certificate")


async def test_without_colour_and_without_utf_8_the_certificate_reads() -> None:
    app = met_by(untrusted()).app(ascii_only=True)
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, CertificateScreen))
        await until_text(pilot, "Trust it")
        check_golden(app, "certificate-ascii")


async def test_a_typed_yes_pins_the_certificate_and_signs_in() -> None:
    world = met_by(untrusted())
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, CertificateScreen))
        await pilot.press("tab", "y", "enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
    assert world.discovery.routes[-1].pins == ((HOST, DIGITS),)


async def test_anything_but_yes_trusts_nothing_and_says_what_is_wanted() -> None:
    world = met_by(untrusted())
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, CertificateScreen))
        await pilot.press("tab", "o", "k", "enter")
        await until_text(pilot, "Type yes to trust exactly")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, AccountScreen))
    assert len(world.opener.sign_ins) == 1


async def test_a_ca_file_is_looked_into_and_leads_on(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(root(["contoso.example"], datetime.now(UTC), "Contoso CA").pem)
    world = met_by(untrusted())
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, CertificateScreen))
        field = app.screen.query_one("#ca_file", Field)
        field.value = str(tmp_path / "none.pem")
        await pilot.press("enter")
        await until_text(pilot, "no such file")
        field.value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
    assert world.discovery.routes[-1].ca_file == path


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_a_proxy_that_wants_a_sign_in_reveals_its_fields(size: tuple[int, int]) -> None:
    world = met_by(PROXY_SIGN_IN.problem(proxy=PROXY, host=HOST))
    app = world.app()
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProxyScreen))
        await until_text(pilot, "Proxy password")
        check_golden(app, "proxy")
        await pilot.press("enter")
        await until_text(pilot, "Please enter the user name")
        await pilot.press(*"anna", "enter")
        await until_text(pilot, "Please enter the proxy's password")
        await pilot.press(*"geheim", "enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
        assert "geheim" not in screen_text(app)
    route = world.discovery.routes[-1]
    assert (route.proxy, route.proxy_user, route.proxy_password) == (PROXY, "anna", Secret("geheim"))


async def test_a_password_given_to_the_run_that_the_proxy_refused_is_not_sent_with_the_next_enter() -> None:
    world = met_by(PROXY_PASSWORD_REFUSED.problem(proxy=PROXY, proxy_user="anna", host=HOST))
    world.route = NetworkRoute(proxy=PROXY, proxy_user="anna", proxy_password=Secret("wrong"))
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProxyScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, AccountScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
    first, second = world.opener.opened
    assert first.route.proxy_password == Secret("wrong")
    assert not second.route.proxy_password


def test_paths_are_completed_as_far_as_one_name_fits(tmp_path: Path) -> None:
    (tmp_path / "authorities").mkdir()
    (tmp_path / "authorities" / "company-ca.pem").touch()
    assert completed(f"{tmp_path}/aut") == f"{tmp_path}/authorities/"
    assert completed(f"{tmp_path}/authorities/com") == f"{tmp_path}/authorities/company-ca.pem"
    assert completed(f"{tmp_path}/nothing") is None
    assert completed("/no/such/folder/x") is None


async def test_a_proxy_whose_certificate_is_not_trusted_asks_for_the_authoritys_file(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(root(["contoso.example"], datetime.now(UTC), "Contoso CA").pem)
    world = met_by(PROXY_CERTIFICATE.problem(proxy=PROXY))
    app = world.app()
    async with app.run_test(size=SMALL) as pilot:
        await sign_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProxyScreen))
        field = app.screen.query_one("#ca_file", Field)
        await until(pilot, lambda: app.focused is field.input)
        check_golden(app, "proxy-certificate")
        await pilot.press("enter")
        await until_text(pilot, "Name the file from IT, as in ~/company-ca.pem")
        field.value = str(tmp_path / "none.pem")
        await pilot.press("enter")
        await until_text(pilot, "no such file")
        field.value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CalendarsScreen))
    route = world.discovery.routes[-1]
    assert (route.ca_file, route.proxy) == (path, PROXY)
