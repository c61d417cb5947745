from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from oncetui.credentials.command import CommandOutput
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.credentials.places import PlacesOnThisMachine
from oncetui.credentials.systemd_credential import SystemdCredential
from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.ports import SecretPlaces, SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.contracts.values import texts
from tests.credentials.keyrings import KeyringInMemory, answering
from tests.credentials.sealed import PASSPHRASE, encrypted_file, passphrase_file, slots, told
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore

OURS = (KeptIn.KEYRING, KeptIn.FILE, KeptIn.PASSPHRASE)


def keyring(profile: str = "default", kept: KeyringInMemory | None = None) -> KeyringStore:
    return KeyringStore("3f2a", profile, keyrings=[answering(kept or KeyringInMemory())])


@pytest.fixture(params=["encrypted file", "passphrase file", "keyring", "in memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    makers: dict[str, Callable[[], SecretStore]] = {
        "encrypted file": lambda: encrypted_file(tmp_path),
        "passphrase file": lambda: passphrase_file(tmp_path),
        "keyring": keyring,
        "in memory": InMemorySecretStore,
    }
    return makers[request.param]()


@pytest.fixture(params=["this machine", "in memory"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> SecretPlaces:
    if request.param == "this machine":
        (tmp_path / "proxy").mkdir()
        kept, passphrase = KeyringInMemory(), told(None)
        return PlacesOnThisMachine(
            slots(keyring("default", kept), tmp_path, "default", passphrase),
            slots(keyring("default:proxy", kept), tmp_path / "proxy", "default:proxy", passphrase),
            passphrase,
        )
    return InMemorySecretPlaces(*(InMemorySecretStore(kept_in) for kept_in in OURS))


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
        by_name = {KeptIn.PASSPHRASE: KeptIn.FILE}.get(place.kept_in, place.kept_in)
        assert place.protection.kept_in == str(by_name)
        assert place.protection.sentence.endswith(".")


@pytest.fixture(params=["command", "systemd"])
def read_only(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    """A place that tells `hunter2` and can't be written by us."""
    if request.param == "command":
        return CommandOutput(lambda: ("/bin/echo", "hunter2"))
    (tmp_path / "oncetui-default").write_text("hunter2")
    return SystemdCredential("default", {"CREDENTIALS_DIRECTORY": str(tmp_path)}, "oncetui@default.service")


class TestPlaceThatIsFilledElsewhere:
    def test_it_tells_the_secret_each_time(self, read_only: SecretStore) -> None:
        assert read_only.load() == read_only.load() == Secret("hunter2")
        assert read_only.kept_in.filled_elsewhere

    def test_it_takes_the_secret_that_it_has_and_says_where_another_one_belongs(
        self, read_only: SecretStore
    ) -> None:
        read_only.save(Secret("hunter2"))

        with pytest.raises(ProblemError) as caught:
            read_only.save(Secret("hunter3"))

        assert caught.value.problem.code == "secret-filled-elsewhere"
        assert read_only.load() == Secret("hunter2")

    def test_erasing_changes_nothing_there(self, read_only: SecretStore) -> None:
        read_only.erase()

        assert read_only.load() == Secret("hunter2")

    def test_it_says_how_well_it_protects_under_its_own_name(self, read_only: SecretStore) -> None:
        assert read_only.protection.kept_in == str(read_only.kept_in)
        assert read_only.protection.unattended


class TestSecretPlaces:
    def test_the_keyring_is_the_best_place(self, places: SecretPlaces) -> None:
        assert [place.kept_in for place in places.usable()] == list(OURS)

    def test_a_place_is_found_by_its_name(self, places: SecretPlaces) -> None:
        assert [places.place(kept_in).kept_in for kept_in in OURS] == list(OURS)

    @pytest.mark.parametrize("kept_in", OURS)
    def test_the_proxys_password_lies_beside_the_mailboxs(
        self, places: SecretPlaces, kept_in: KeptIn
    ) -> None:
        places.choose_passphrase(PASSPHRASE)
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

    def test_what_is_only_read_is_offered_where_it_is_wished_for(self, tmp_path: Path) -> None:
        command = CommandOutput(lambda: ("/bin/echo", "hunter2"))
        here = slots(keyring("default"), tmp_path)
        unasked = PlacesOnThisMachine(here, here, told(), (command,))
        asked = PlacesOnThisMachine(here, here, told(), (command,), lambda: (KeptIn.COMMAND,))

        assert command not in unasked.usable()
        assert asked.usable()[-1] is command
        assert unasked.place(KeptIn.COMMAND) is command
