import pytest

from oncetui.model.profile import command_line, run_command


@pytest.mark.parametrize(
    ("profile", "home", "command"),
    [
        ("default", None, "oncetui run"),
        ("sales", None, "oncetui --profile sales run"),
        ("default", "/srv/oncetui", "oncetui --home /srv/oncetui run"),
        ("sales", "/srv/our calendars", "oncetui --home '/srv/our calendars' --profile sales run"),
    ],
)
def test_a_told_command_reaches_the_same_profile_in_the_same_home(
    profile: str, home: str | None, command: str
) -> None:
    assert run_command(profile, home) == command
    assert command_line(profile, home, "service install") == command.removesuffix("run") + "service install"
    assert command_line(profile, home) == command.removesuffix(" run")
