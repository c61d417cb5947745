from pathlib import Path

import pytest

from oncetui.credentials.systemd_credential import SystemdCredential
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret


def given(folder: Path, content: bytes | None) -> SystemdCredential:
    """The place as a service sees it that was given this credential."""
    if content is not None:
        (folder / "oncetui-sales").write_bytes(content)
    return SystemdCredential("sales", {"CREDENTIALS_DIRECTORY": str(folder)}, "oncetui@sales.service")


def problem_of(place: SystemdCredential) -> Problem:
    with pytest.raises(ProblemError) as caught:
        place.load()
    return caught.value.problem


def test_the_first_line_of_the_credential_is_the_password(tmp_path: Path) -> None:
    assert given(tmp_path, "Grüße 7 \r\nmore\n".encode()).load() == Secret("Grüße 7 ")


def test_it_is_read_once_as_systemd_gives_it_once(tmp_path: Path) -> None:
    place = given(tmp_path, b"first")
    place.load()
    (tmp_path / "oncetui-sales").write_bytes(b"second")

    assert place.load() == Secret("first")


def test_whoever_isnt_the_service_is_told_what_to_run() -> None:
    told = problem_of(SystemdCredential("sales", {}, "oncetui@sales.service"))

    assert told.code == "secret-of-the-service"
    assert "systemctl --user restart oncetui@sales.service" in told.next


@pytest.mark.parametrize(
    ("content", "says"), [(None, "was given no credential"), (b"\n", "is empty"), (b"\xff", "isn't UTF-8")]
)
def test_a_credential_without_a_password_is_told(tmp_path: Path, content: bytes | None, says: str) -> None:
    told = problem_of(given(tmp_path, content))

    assert told.code == "secret-unreadable"
    assert says in told.why
