from oncetui.model.profile import Profile
from tests.cli.homes import CommandLine


def test_profiles_are_listed_with_their_state_and_mailbox(oncetui: CommandLine) -> None:
    oncetui.connect()
    oncetui.connect("sales", "sales@contoso.example")

    told = oncetui("profiles", "list", "--json").told

    assert told == {
        "profiles": [
            {"profile": "default", "state": "connected", "mailbox": "anna@contoso.example", "problem": None},
            {
                "profile": "sales",
                "state": "connected",
                "mailbox": "sales@contoso.example",
                "problem": None,
            },
        ]
    }


def test_a_broken_profile_keeps_none_of_the_others_out_of_the_list(oncetui: CommandLine) -> None:
    oncetui.connect()
    oncetui.connect("sales", "sales@contoso.example")
    (oncetui.home / "state" / "sales.sqlite3").write_bytes(b"no database" * 100)
    (oncetui.home / "config" / "team.toml").write_text("nonsense [")

    told = oncetui("profiles", "list", "--json").told["profiles"]

    assert [(one["profile"], one["state"], one["problem"] and one["problem"]["code"]) for one in told] == [
        ("default", "connected", None),
        ("sales", None, "store-unusable"),
        ("team", "not-connected", "settings-unreadable"),
    ]
    assert "no database of oncetui" in oncetui("profiles", "list").out


def test_a_deleted_profile_leaves_no_file_of_its_own(oncetui: CommandLine) -> None:
    oncetui.connect()
    oncetui.connect("sales", "sales@contoso.example")

    assert oncetui("profiles", "delete", "sales", "--yes").code == 0

    assert [path.name for path in oncetui.home.rglob("sales*")] == []
    assert oncetui("--profile", "default", "status").code == 0


def test_a_profile_whose_connector_runs_is_not_deleted(oncetui: CommandLine) -> None:
    oncetui.connect("sales")

    def delete_meanwhile(profile: Profile) -> None:
        held = profile.lock.take()
        assert held is not None
        with held:
            answer = oncetui("profiles", "delete", "sales", "--yes", "--json")
            assert answer.code == 3
            assert answer.told["problem"]["evidence"] == {"pid": "unknown", "since": "unknown"}

    oncetui.profile(delete_meanwhile, "sales")
    assert oncetui("--profile", "sales", "status").code == 0


def test_an_unknown_profile_is_told(oncetui: CommandLine) -> None:
    answer = oncetui("profiles", "delete", "nobody", "--yes")

    assert answer.code == 2
    assert "There is no profile nobody" in answer.err
    assert oncetui("profiles", "list").out.startswith("There are no profiles yet.")
