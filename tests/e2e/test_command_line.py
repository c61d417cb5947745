"""The main job through real processes: connect, lose the connection, get it back, disconnect."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program, command_lines
from tests.e2e.server import Server

ANNA = "anna@contoso.example"
EMIL = "emil@contoso.example"
NEW_PASSWORD = "Changed-Larch-5"
ON_LINUX = sys.platform == "linux"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with start() as simulator:
        yield Server(simulator.ready)


@pytest.fixture
def program(tmp_path: Path, server: Server) -> Program:
    return Program(tmp_path, server)


def connect(program: Program, email: str, *options: str) -> None:
    password = program.server.mailbox(email)["password"]
    done = program(
        "setup", "--yes", "--json", f"--email={email}", "--password-stdin", *options, typed=f"{password}\n"
    )
    assert (done.code, done.told["state"]) == (0, "connected"), done


@pytest.mark.parametrize(
    ("email", "needs", "option"),
    [
        (ANNA, None, None),
        ("ben@fabrikam.example", "ews_url", "--ews-url"),
        ("carla@contoso.example", "username", "--username"),
        ("dora@fabrikam.example", "ews_url", "--ews-url"),
        (EMIL, None, None),
        ("frida@northwind.example", None, None),
    ],
)
def test_each_mailbox_connects_with_what_it_needs_and_without_it_the_field_is_named(
    program: Program, email: str, needs: str | None, option: str | None
) -> None:
    mailbox = program.server.mailbox(email)
    given = [f"--username={mailbox['username']}"] if "username" in mailbox["needs"] else []
    if "ews_url" in mailbox["needs"]:
        given.append(f"--ews-url={mailbox['ews_url']}")
    if needs is not None:
        bare = ["setup", "--yes", "--json", f"--email={email}", "--password-stdin"]
        done = program(*bare, typed=mailbox["password"] + "\n")
        assert done.code == 4
        assert done.told["problem"]["fields"][0] == needs
        assert any(text.startswith(str(option)) for text in given)

    connect(program, email, *given)

    status = program.status()
    assert (status["mailbox"], status["problem"]) == (email, None)
    assert status["server"]["ews_url"] == mailbox["ews_url"]
    assert [page["accepting"] for page in status["pages"]] == [True]
    if ON_LINUX:
        assert status["secret"]["kept_in"] == "file"
        assert status["secret"]["unattended"] is True


def test_a_server_outside_the_mail_domain_wants_consent_first(tmp_path: Path) -> None:
    greta = "greta@tailspin.example"
    with start("outside") as simulator:
        program = Program(tmp_path, Server(simulator.ready))
        password = program.server.mailbox(greta)["password"]

        done = program("setup", "--yes", "--json", f"--email={greta}", "--password-stdin", typed=password)

        assert (done.code, done.told["problem"]["code"]) == (4, "host-needs-consent")
        assert done.told["problem"]["fields"] == ["trust_host", "ews_url"]
        assert program.server.refused(greta) == 0
        connect(program, greta, "--trust-host=mail.contoso.example")


def test_the_status_object_has_the_keys_of_the_contract(program: Program) -> None:
    connect(program, ANNA)

    status = program("status", "--json").told

    assert list(status) == [
        "schema",
        "profile",
        "state",
        "attempt",
        "since",
        "mailbox",
        "server",
        "secret",
        "sync",
        "problem",
        "warnings",
        "pages",
        "calendars",
        "connector",
    ]
    assert list(status["server"]) == ["kind", "ews_url", "version", "sign_in", "username_form"]
    assert list(status["secret"]) == ["kept_in", "unattended", "protection"]
    assert list(status["sync"]) == ["mode", "effective_mode", "reason", "last_success", "next"]
    assert list(status["pages"][0]) == ["page", "name", "accepting", "closed_reason"]
    assert list(status["calendars"][0]) == ["id", "name", "writable", "fresh"]


def test_a_changed_password_costs_one_refusal_and_reconnect_opens_the_pages_again(program: Program) -> None:
    server, old = program.server, program.server.mailbox(EMIL)["password"]
    connect(program, EMIL)
    before = server.refused(EMIL)
    try:
        with program.running():
            assert program("run").code == 3
            assert program("refresh").code == 0
            server.change_password(EMIL, NEW_PASSWORD)

            assert program("refresh", "--json").code == 4
            status = program("status", "--json").told
            assert (status["state"], status["problem"]["who"]) == ("failed", "user")
            assert status["problem"]["fields"] == ["password"]
            assert [page["accepting"] for page in status["pages"]] == [False]

        with program.running():
            assert program("refresh").code == 4
            without = program("reconnect", "--json")
            assert (without.code, without.told["problem"]["code"]) == (4, "refused-before")
            assert server.refused(EMIL) == before + 1

            again = program("reconnect", "--password-stdin", "--json", typed=f"{NEW_PASSWORD}\n")
            assert (again.code, again.told["state"]) == (0, "connected")
            assert [page["accepting"] for page in again.told["pages"]] == [True]
            assert program("refresh").code == 0
            assert_hidden(old, NEW_PASSWORD, in_text=command_lines())
    finally:
        server.change_password(EMIL, old)

    assert server.refused(EMIL) == before + 1
    assert_hidden(old, NEW_PASSWORD, in_text=program.files() + "".join(program.said).encode())


def test_a_server_that_goes_away_closes_the_pages_and_opens_them_when_it_is_back(program: Program) -> None:
    connect(program, ANNA)
    refused = program.server.refused(ANNA)
    with program.running():
        try:
            program.server.call("PUT", "/down")
            gone = program("refresh", "--json")
        finally:
            program.server.call("DELETE", "/down")
        assert (gone.code, gone.told["state"], gone.told["problem"]["who"]) == (3, "interrupted", "retry")
        assert [page["accepting"] for page in gone.told["pages"]] == [False]

        back = program.until(lambda status: status["state"] == "connected", within=15)
        assert [page["accepting"] for page in back["pages"]] == [True]
    assert program.server.refused(ANNA) == refused


def test_a_wrong_password_for_reconnect_changes_nothing(program: Program) -> None:
    connect(program, ANNA)
    before, refused = program.status(), program.server.refused(ANNA)

    wrong = program("reconnect", "--password-stdin", typed="Not-The-Password-9\n")

    assert wrong.code == 4
    assert "refuse" in wrong.err
    assert program.status() == before
    assert program.server.refused(ANNA) == refused + 1


def test_disconnect_says_what_it_erases_and_leaves_no_trace(program: Program) -> None:
    connect(program, ANNA)
    counted = program("disconnect", "--dry-run", "--json").told["erases"]
    assert counted["busy_blocks"] > 0

    done = program("disconnect", "--yes", "--json")

    assert (done.code, done.told["state"], done.told["mailbox"]) == (0, "disconnected", None)
    assert [page["accepting"] for page in done.told["pages"]] == [True]
    assert program("status").code == 6
    held = program.files()
    for trace in (ANNA.encode(), b"mail.contoso.example", b"Team Sales"):
        assert trace not in held


def test_calendars_and_pages_are_chosen_by_name_and_read_by_the_next_check(program: Program) -> None:
    connect(program, ANNA)
    made = program("pages", "create", "Sales demo", "--json").told
    chosen = program(
        "pages", "calendars", "sales-demo", "--main", "Private", "--busy", "Team Sales", "--json"
    ).told
    named = {one["name"]: one["id"] for one in program("calendars", "--json").told["calendars"]}

    assert made["main"] == named["Calendar"]
    assert chosen["main"] == named["Private"]
    assert named["Team Sales"] in chosen["busy"]
    assert program("refresh").code == 0
    assert all(page["accepting"] for page in program.status()["pages"])


def test_ctrl_c_ends_the_connector_with_130(program: Program) -> None:
    connect(program, ANNA)
    process = program.start("run")
    program.until(lambda status: status["connector"]["running"])

    process.send_signal(signal.SIGINT)

    try:
        assert process.wait(10) == 130
    finally:
        process.kill()
        process.communicate()
    assert program.status()["connector"]["running"] is False


def assert_hidden(*passwords: str, in_text: bytes) -> None:
    for password in passwords:
        assert password.encode() not in in_text
