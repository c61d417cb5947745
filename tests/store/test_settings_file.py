import stat
import tomllib
from dataclasses import replace

import pytest

from oncetui.model.connection import NetworkRoute
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret
from oncetui.store.home import Home
from oncetui.store.settings_file import SettingsFile
from tests.contracts.values import SETTINGS


@pytest.fixture
def file(home: Home) -> SettingsFile:
    home.secure()
    return SettingsFile(home.files_of("default"))


def text(home: Home) -> str:
    return home.files_of("default").settings.read_text(encoding="utf-8")


def put(home: Home, content: str | bytes, profile: str = "default") -> None:
    home.files_of(profile).settings.write_bytes(content if isinstance(content, bytes) else content.encode())


def problem_of(file: SettingsFile) -> Problem:
    with pytest.raises(ProblemError) as caught:
        file.load()
    assert caught.value.problem.code == "settings-unreadable"
    return caught.value.problem


def test_the_file_reads_as_a_person_would_write_it(home: Home, file: SettingsFile) -> None:
    file.save(SETTINGS)

    assert text(home).splitlines()[:4] == [
        "[connection]",
        'mailbox = "anna@contoso.example"',
        'ews_url = "https://mail.contoso.example/EWS/Exchange.asmx"',
        "username = 'CONTOSO\\anna'",
    ]


def test_it_is_for_its_owner_alone(home: Home, file: SettingsFile) -> None:
    file.save(SETTINGS)

    assert stat.S_IMODE(home.files_of("default").settings.stat().st_mode) == 0o600


def test_what_a_person_wrote_stays(home: Home, file: SettingsFile) -> None:
    put(
        home,
        "# mine\n\n[look]\ntheme = 'dark' # at night\n\n[connection]\n"
        "# the old server\nmailbox = 'old@x.example'\n"
        "proxy_user = 'me'\nnote = 'keep'\n\n[more]\nlist = [1, 2]\n",
    )

    file.save(SETTINGS)

    assert file.load() == SETTINGS
    for kept in (
        "# mine\n",
        "theme = 'dark' # at night\n",
        "# the old server\n",
        "note = 'keep'",
        "[more]\nlist = [1, 2]\n",
    ):
        assert kept in text(home)
    assert "proxy_user" not in text(home)


def test_erasing_leaves_what_a_person_wrote_elsewhere(home: Home, file: SettingsFile) -> None:
    put(home, "# mine\n[look]\ntheme = 'dark'\n")
    file.save(SETTINGS)
    file.erase()

    assert text(home).strip() == "# mine\n[look]\ntheme = 'dark'"
    assert file.load() is None


def test_erasing_removes_a_file_that_held_nothing_else(home: Home, file: SettingsFile) -> None:
    file.save(SETTINGS)
    file.erase()

    assert not home.files_of("default").settings.exists()


def test_no_password_is_ever_written(home: Home, file: SettingsFile) -> None:
    route = NetworkRoute(proxy="http://proxy.example:3128", proxy_password=Secret("hunter2"))
    file.save(replace(SETTINGS, route=route))

    assert "hunter2" not in text(home)


def test_a_proxy_address_with_a_password_in_it_is_refused(home: Home, file: SettingsFile) -> None:
    route = NetworkRoute(proxy="http://anna:hunter2@proxy.example:3128")

    with pytest.raises(ValueError, match=r"as in http://proxy\.example:3128") as caught:
        file.save(replace(SETTINGS, route=route))

    assert "hunter2" not in str(caught.value)
    assert not home.files_of("default").settings.exists()


def test_broken_toml_is_told_with_line_and_column(home: Home, file: SettingsFile) -> None:
    put(home, "[connection]\nmailbox = anna@contoso.example\n")

    problem = problem_of(file)

    assert "line 2, column 11" in problem.what
    assert str(home.files_of("default").settings) in problem.what


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("mailbox = ", "mail = ", "mailbox is missing"),
        (
            'scheme = "ntlm"',
            'scheme = "digest"',
            "scheme is “digest”, and not one of basic, ntlm, negotiate, kerberos (at line 6)",
        ),
        ('secret_version = "v1"', "secret_version = 1", "secret_version is no text"),
        ("[connection]", "connection = 5\n[other]", "connection is no table"),
        ("[connection]", "[[connection]]", "connection is no table"),
        ("[connection]", "[connection]\npins = 7", "pins is no list (at line 2)"),
        ("[connection]", '[connection]\npins = ["abc"]', "pins holds an entry"),
    ],
)
def test_a_value_that_cant_stand_is_told_by_its_name(
    home: Home, file: SettingsFile, before: str, after: str, told: str
) -> None:
    file.save(SETTINGS)
    put(home, text(home).replace(before, after))

    assert told in problem_of(file).what


def test_bytes_that_arent_utf8_are_told(home: Home, file: SettingsFile) -> None:
    put(home, b"# \xff\n")

    assert "UTF-8" in problem_of(file).what


@pytest.mark.parametrize("content", ["[connection\n", "connection = 5\n"])
def test_a_file_that_cant_be_read_is_not_written_over(home: Home, file: SettingsFile, content: str) -> None:
    put(home, content)

    with pytest.raises(ProblemError, match="settings-unreadable"):
        file.save(SETTINGS)

    assert text(home) == content


def test_lines_that_may_be_left_out_have_their_usual_values(home: Home, file: SettingsFile) -> None:
    file.save(SETTINGS)
    lines = [line for line in text(home).splitlines() if not line.startswith(("sync_mode", "found_by"))]
    put(home, "\n".join(lines))

    assert file.load() == SETTINGS


def test_another_profile_on_the_mailbox_is_named(home: Home, file: SettingsFile) -> None:
    SettingsFile(home.files_of("sales")).save(replace(SETTINGS, mailbox="Anna@Contoso.example"))
    put(home, "[connection", "broken")
    put(home, "connection = 5", "odd")
    file.save(SETTINGS)

    assert file.other_profile_of("anna@contoso.EXAMPLE") == "sales"
    assert file.other_profile_of("bob@contoso.example") is None


def test_the_servers_of_colleagues_are_remembered_while_one_of_them_is_connected(
    home: Home, file: SettingsFile
) -> None:
    sales = SettingsFile(home.files_of("sales"))
    url = "https://owa.contoso.example:8443/EWS/Exchange.asmx"
    sales.save(replace(SETTINGS, mailbox="bob@contoso.example", ews_url=url))
    put(home, "[connection", "broken")
    put(home, "connection = 5", "odd")
    file.save(replace(SETTINGS, mailbox="anna@contoso.example", ews_url=url))

    assert file.servers_of("contoso.example") == ("https://owa.contoso.example:8443",)
    file.erase()
    assert file.servers_of("contoso.example") == ("https://owa.contoso.example:8443",)
    sales.erase()
    assert file.servers_of("contoso.example") == ()


def test_it_stays_valid_toml_over_many_saves(home: Home, file: SettingsFile) -> None:
    for number in range(5):
        file.save(replace(SETTINGS, secret_version=f"v{number}"))

    assert tomllib.loads(text(home))["connection"]["secret_version"] == "v4"
    assert text(home).count("[connection]") == 1
