from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from oncetui.model.connection import ConnectionSettings, Detour, NetworkRoute
from oncetui.model.ports import DraftAnswers
from oncetui.model.secret import Secret
from tests.contracts.conftest import Ports
from tests.contracts.values import SETTINGS, settings_values


class TestSettingsStore:
    def test_there_is_no_connection_at_first(self, store: Ports) -> None:
        assert store.settings.load() is None

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(saved=settings_values)
    def test_every_connection_comes_back_as_it_was(self, store: Ports, saved: ConnectionSettings) -> None:
        store.settings.save(saved)

        assert store.settings.load() == saved

    def test_an_erased_connection_is_gone(self, store: Ports) -> None:
        store.settings.erase()
        store.settings.save(SETTINGS)
        store.settings.erase()

        assert store.settings.load() is None

    def test_detours_and_the_proxy_password_are_never_kept(self, store: Ports) -> None:
        route = NetworkRoute(
            proxy="http://proxy.example:3128",
            proxy_user="anna",
            proxy_password=Secret("hunter2"),
            detours=(Detour("mail.contoso.example", 443, "127.0.0.1", 8443),),
        )
        store.settings.save(replace(SETTINGS, route=route))

        kept = NetworkRoute(proxy="http://proxy.example:3128", proxy_user="anna")
        assert store.settings.load() == replace(SETTINGS, route=kept)

    def test_no_other_profile_has_the_mailbox(self, store: Ports) -> None:
        store.settings.save(SETTINGS)

        assert store.settings.other_profile_of(SETTINGS.mailbox) is None

    def test_of_a_server_scheme_and_host_are_remembered_and_nothing_else(self, store: Ports) -> None:
        url = "https://mail.hoster.example/EWS/Exchange.asmx"
        store.settings.save(replace(SETTINGS, mailbox="anna@contoso.example", ews_url=url))

        assert store.settings.servers_of("Contoso.example") == ("https://mail.hoster.example",)
        assert store.settings.servers_of("fabrikam.example") == ()

    def test_what_is_erased_is_remembered_no_longer(self, store: Ports) -> None:
        store.settings.save(replace(SETTINGS, mailbox="anna@contoso.example"))
        store.settings.erase()

        assert store.settings.servers_of("contoso.example") == ()


class TestDraftStore:
    def test_there_are_no_answers_at_first(self, store: Ports) -> None:
        assert store.drafts.load() == DraftAnswers()

    def test_the_last_answers_come_back(self, store: Ports) -> None:
        store.drafts.save(DraftAnswers(email="anna@"))
        store.drafts.save(DraftAnswers("anna@contoso.example", "https://mäil", "CONTOSO\\anna", "file"))

        assert store.drafts.load() == DraftAnswers(
            "anna@contoso.example", "https://mäil", "CONTOSO\\anna", "file"
        )

    def test_the_way_to_the_server_comes_back_without_the_proxys_password(self, store: Ports) -> None:
        way = NetworkRoute(
            Path("/etc/ca.pem"), "http://proxy.example:3128", "anna", pins=(("mail", "3f" * 32),)
        )
        store.drafts.save(DraftAnswers(route=replace(way, proxy_password=Secret("geheim"))))

        assert store.drafts.load().route == way

    def test_erased_answers_are_gone(self, store: Ports) -> None:
        store.drafts.erase()
        store.drafts.save(DraftAnswers(email="anna@contoso.example"))
        store.drafts.erase()

        assert store.drafts.load() == DraftAnswers()


class TestConnectorLock:
    def test_only_one_holds_it(self, store: Ports) -> None:
        held = store.lock.take()
        assert held is not None

        with held:
            assert store.lock.take() is None

        again = store.lock.take()
        assert again is not None
        with again:
            pass
