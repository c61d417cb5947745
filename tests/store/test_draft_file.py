import stat
from pathlib import Path

import pytest

from oncetui.model.ports import DraftAnswers
from oncetui.store.draft_file import DraftFile


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    DraftFile(tmp_path / "draft").save(DraftAnswers(email="anna@contoso.example"))

    assert stat.S_IMODE((tmp_path / "draft").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"{", b"[" * 100_000])
def test_a_draft_that_cant_be_read_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "draft").write_bytes(content)

    assert DraftFile(tmp_path / "draft").load() == DraftAnswers()


def test_a_way_that_cant_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "draft").write_text('{"email": "anna@contoso.example", "pins": "mail", "proxy": 5}')

    assert DraftFile(tmp_path / "draft").load() == DraftAnswers(email="anna@contoso.example")


def test_what_isnt_an_answer_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "draft").write_text('{"email": "anna@contoso.example", "username": 5, "colour": "red"}')

    assert DraftFile(tmp_path / "draft").load() == DraftAnswers(email="anna@contoso.example")
