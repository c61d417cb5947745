from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from oncetui.credentials.keyring_store import KeyringStore
from oncetui.credentials.places import PlacesOnThisMachine, Slots
from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.ports import SecretPlaces, SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.contracts.values import texts
from tests.credentials.keyrings import KeyringInMemory, answering
from tests.credentials.sealed import encrypted_file
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore


def keyring(profile: str = "default", kept: KeyringInMemory | None = None) -> KeyringStore:
    return KeyringStore("3f2a", profile, keyrings=[answering(kept or KeyringInMemory())])


@pytest.fixture(params=["encrypted file", "keyring", "in memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    makers: dict[str, Callable[[], SecretStore]] = {
        "encrypted file": lambda: encrypted_file(tmp_path),
        "keyring": keyring,
        "in memory": InMemorySecretStore,
    }
    return makers[request.param]()


@pytest.fixture(params=["this machine", "in memory"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> SecretPlaces:
    if request.param == "this machine":
        (tmp_path / "proxy").mkdir()
        of_proxy = encrypted_file(tmp_path / "proxy", "default:proxy")
        kept = KeyringInMemory()
        return PlacesOnThisMachine(
            Slots(keyring("default", kept), encrypted_file(tmp_path)),
            Slots(keyring("default:proxy", kept), of_proxy),
        )
    return InMemorySecretPlaces(InMemorySecretStore(KeptIn.KEYRING), InMemorySecretStore(KeptIn.FILE))


class TestSecretStore:
    def test_a_place_without_a_secret_says_so(self, place: SecretStore) -> None:
        with pytest.raises(ProblemError) as caught:
            place.load()

        assert caught.value.problem.code == "secret-unreadable"

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=texts)
    def test_every_secret_comes_back_in_the_place_of_the_one_before_it(
        self, place: SecretStore, text: str
    ) -> None:
        place.save(Secret(text))

        assert place.load() == Secret(text)

    def test_an_erased_secret_is_gone(self, place: SecretStore) -> None:
        place.erase()
        place.save(Secret("hunter2"))
        place.erase()

        with pytest.raises(ProblemError):
            place.load()

    def test_it_says_how_well_it_protects_under_its_own_name(self, place: SecretStore) -> None:
        assert place.protection.kept_in == str(place.kept_in)
        assert place.protection.sentence.endswith(".")


class TestSecretPlaces:
    def test_the_keyring_is_the_best_place(self, places: SecretPlaces) -> None:
        assert [place.kept_in for place in places.usable()] == [KeptIn.KEYRING, KeptIn.FILE]

    def test_a_place_is_found_by_its_name(self, places: SecretPlaces) -> None:
        assert places.place(KeptIn.FILE).kept_in is KeptIn.FILE
        assert places.place(KeptIn.KEYRING).kept_in is KeptIn.KEYRING

    @pytest.mark.parametrize("kept_in", [KeptIn.FILE, KeptIn.KEYRING])
    def test_the_proxys_password_lies_beside_the_mailboxs(
        self, places: SecretPlaces, kept_in: KeptIn
    ) -> None:
        mailbox, proxy = places.place(kept_in), places.place(kept_in, SecretOf.PROXY)
        mailbox.save(Secret("of the mailbox"))
        proxy.save(Secret("of the proxy"))
        assert (mailbox.load(), proxy.load()) == (Secret("of the mailbox"), Secret("of the proxy"))

        mailbox.erase()

        assert proxy.load() == Secret("of the proxy")
        assert proxy.kept_in is kept_in

    def test_a_place_that_isnt_there_is_a_problem_with_a_sentence(self, places: SecretPlaces) -> None:
        with pytest.raises(ProblemError) as caught:
            places.place(KeptIn.COMMAND)

        assert caught.value.problem.why.endswith(".")
