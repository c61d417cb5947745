from oncetui.model.connection import KeptIn, SyncMode
from oncetui.setup.keeping import (
    opened_keeping,
    place_chosen,
    sync_mode_chosen,
    usable_places,
)
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore

BOTH = usable_places(
    InMemorySecretPlaces(InMemorySecretStore(KeptIn.KEYRING), InMemorySecretStore(KeptIn.FILE))
)


def test_the_best_place_is_chosen_unless_the_draft_names_another() -> None:
    assert opened_keeping(BOTH).chosen is KeptIn.KEYRING
    assert opened_keeping(BOTH, "file").chosen is KeptIn.FILE
    assert opened_keeping(BOTH, "systemd").chosen is KeptIn.KEYRING


def test_a_place_that_does_not_answer_is_not_chosen() -> None:
    state = opened_keeping(BOTH)
    assert place_chosen(state, KeptIn.FILE).chosen is KeptIn.FILE
    assert place_chosen(state, KeptIn.SYSTEMD) == state


def test_each_place_says_how_well_it_protects() -> None:
    assert opened_keeping(BOTH).sentence == "In the memory of this test."
    assert [place.label for place in BOTH] == ["the system keyring", "an encrypted file"]


def test_real_time_is_not_claimed() -> None:
    state = opened_keeping(BOTH)
    assert "Auto-sync, every 60 s" in state.sync_sentence
    assert "later version" in state.sync_sentence
    assert "Real-time" not in sync_mode_chosen(state, SyncMode.AUTO).sync_sentence
