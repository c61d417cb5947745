from tests.cli.homes import PASSWORD, CommandLine


def test_a_dry_run_counts_and_changes_nothing(oncetui: CommandLine) -> None:
    oncetui.connect()

    assert oncetui("disconnect", "--dry-run", "--json").told == {
        "erases": {"busy_blocks": 0, "booking_links": 0, "calendars": 3, "sync_states": 3, "outbox": 0}
    }
    assert "Did the password change? Then run: oncetui reconnect" in oncetui("disconnect", "--dry-run").out
    assert oncetui("status").code == 0


def test_without_a_terminal_it_wants_a_yes(oncetui: CommandLine) -> None:
    oncetui.connect()

    assert oncetui("disconnect").code == 2
    assert oncetui("status").code == 0


def test_it_leaves_nothing_of_the_mailbox_in_the_home(oncetui: CommandLine) -> None:
    oncetui.connect()

    answer = oncetui("disconnect", "--yes", "--json")

    assert answer.code == 0
    assert (answer.told["state"], answer.told["mailbox"]) == ("disconnected", None)
    assert answer.told["pages"][0]["accepting"] is True
    held = b"".join(path.read_bytes() for path in oncetui.home.rglob("*") if path.is_file())
    for trace in (b"anna", b"mail.contoso", b"Team Sales", PASSWORD.encode()):
        assert trace not in held


def test_with_nothing_connected_there_is_nothing_to_do(oncetui: CommandLine) -> None:
    answer = oncetui("disconnect")

    assert answer.code == 0
    assert answer.out.startswith("Not connected.")
