import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.cli.unlocking import unlock
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from tests.cli.homes import PASSWORD, CommandLine

PASSPHRASE = Secret("four words in a row")
SLOW = ("sqlalchemy", "alembic", "textual", "exchangelib", "cryptography", "keyring")


@pytest.fixture
def sealed(oncetui: CommandLine) -> CommandLine:
    """A connected profile whose password a passphrase opens."""

    def seal(profile: Profile) -> None:
        kept = profile.settings.load()
        assert kept is not None
        profile.secret_places.choose_passphrase(PASSPHRASE)
        profile.secret_places.place(KeptIn.PASSPHRASE).save(Secret(PASSWORD))
        profile.settings.save(replace(kept, kept_in=KeptIn.PASSPHRASE))

    oncetui.connect()
    oncetui.profile(seal)
    return oncetui


def test_what_a_file_told_is_tried_before_any_work(sealed: CommandLine, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("another four words\n")

    answer = sealed("--passphrase-file", str(wrong), "refresh", "--json")

    assert (answer.code, answer.told["problem"]["code"]) == (4, "passphrase-wrong")
    sealed.profile(_stays_connected)


def test_without_a_terminal_nobody_is_asked(sealed: CommandLine) -> None:
    composition = Composition(GlobalOptions(home=sealed.home))
    try:
        unlock(composition)
        with pytest.raises(ProblemError) as caught:
            composition.profile.secret_places.place(KeptIn.PASSPHRASE).load()
    finally:
        composition.close()
    assert caught.value.problem.code == "passphrase-missing"


def test_a_new_password_that_could_not_be_sealed_is_never_sent(sealed: CommandLine) -> None:
    answer = sealed("reconnect", "--json")

    assert (answer.code, answer.told["problem"]["fields"]) == (4, ["passphrase"])
    sealed.profile(_stays_connected)


def test_an_empty_file_and_one_that_is_too_short_are_wrong_input(
    oncetui: CommandLine, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    asked = ("setup", "--yes", "--email", "anna@contoso.example", "--keep-password", "passphrase")
    for text, says in (("\n", "is empty"), ("short\n", "at least 12 characters")):
        told.write_text(text)
        answer = oncetui("--passphrase-file", str(told), *asked)
        assert (answer.code, says in answer.err) == (2, True), answer


def test_nothing_slow_is_imported_before_the_first_line_of_the_screen(sealed: CommandLine) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from oncetui.cli.compose import Composition, GlobalOptions\n"
        f"assert Composition(GlobalOptions(home=Path({str(sealed.home)!r}))).wants_passphrase\n"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout == "[]\n"


def _stays_connected(profile: Profile) -> None:
    assert profile.connection.load().may_sign_in
