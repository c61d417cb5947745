from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.stream_check import StreamCheck
from oncetui.setup.keeping import (
    opened_keeping,
    place_chosen,
    stream_checked,
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


def test_real_time_is_claimed_with_the_first_heartbeat_as_its_proof() -> None:
    state = opened_keeping(BOTH)
    assert state.sync_sentence == "Real-time"
    heard = stream_checked(state, StreamCheck(seconds=0.31))
    assert heard.sync_sentence == "Real-time · first heartbeat in 0.3 s"
    refused = stream_checked(state, StreamCheck(reason="The server refuses event streams"))
    assert refused.sync_sentence == (
        "Auto-sync, every 60 s, instead of Real-time · The server refuses event streams"
    )
    assert sync_mode_chosen(refused, SyncMode.AUTO).sync_sentence == "Auto-sync, every 60 s"
