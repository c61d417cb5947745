import pytest

from tests.cli.homes import CommandLine


def test_a_new_page_gets_the_usual_calendars_and_a_link(oncetui: CommandLine) -> None:
    oncetui.connect()

    page = oncetui("pages", "create", "Sales demo", "--duration", "60", "--json").told

    assert (page["page"], page["name"], page["duration_minutes"]) == ("sales-demo", "Sales demo", 60)
    assert (page["main"], page["busy"]) == ("c1", ["c1", "c2"])
    assert page["accepting"] is True


def test_pages_are_listed_shown_edited_and_deleted(oncetui: CommandLine) -> None:
    oncetui.connect()

    assert [one["page"] for one in oncetui("pages", "list", "--json").told["pages"]] == ["intro"]
    edited = oncetui("pages", "edit", "intro", "--name", "First call", "--notice", "60", "--json").told
    assert (edited["name"], edited["minimum_notice_minutes"], edited["horizon_days"]) == (
        "First call",
        60,
        60,
    )
    assert "Mon-Fri 09:00-17:00" in oncetui("pages", "show", "First call").out
    assert oncetui("pages", "delete", "intro", "--yes").code == 0
    assert oncetui("pages", "list", "--json").told == {"pages": []}


def test_deleting_without_a_terminal_wants_a_yes(oncetui: CommandLine) -> None:
    oncetui.connect()

    answer = oncetui("pages", "delete", "intro")

    assert answer.code == 2
    assert "--yes" in answer.err
    assert oncetui("pages", "list", "--json").told["pages"] != []


def test_calendars_of_a_page_are_named_by_id_or_unique_name_and_what_isnt_named_stays(
    oncetui: CommandLine,
) -> None:
    oncetui.connect()

    page = oncetui("pages", "calendars", "intro", "--busy", "team sales", "--busy", "c2", "--json").told
    assert (page["main"], page["busy"]) == ("c1", ["c1", "c2", "c3"])

    page = oncetui("pages", "calendars", "intro", "--main", "Private", "--json").told
    assert (page["main"], page["busy"]) == ("c2", ["c1", "c2", "c3"])

    page = oncetui("pages", "calendars", "intro", "--additional", "c1", "--no-busy", "--json").told
    assert (page["main"], page["additional"], page["busy"]) == ("c2", ["c1"], ["c2"])

    page = oncetui("pages", "calendars", "intro", "--no-additional", "--json").told
    assert (page["main"], page["additional"]) == ("c2", [])


def test_without_options_the_calendars_are_shown_and_nothing_changes(oncetui: CommandLine) -> None:
    oncetui.connect()

    assert "Main booking calendar  Calendar (c1)" in oncetui("pages", "calendars", "intro").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("create", "Intro call"), "There is a page intro-call"),
        (("create", "X", "--duration", "2"), "between 5 and 1440 minutes"),
        (("create", "X", "--time-zone", "Mars"), "Europe/Berlin"),
        (("create", "X", "--link", "A b"), "sales-demo"),
        (("edit", "intro", "--duration", "0"), "between 5 and 1440 minutes"),
        (("show", "nothing"), "there are: intro, intro-call"),
        (("calendars", "intro", "--main", "Team Sales"), "read-only"),
        (("calendars", "intro", "--additional", "c1"), "main booking calendar already"),
        (("calendars", "intro", "--busy", "Nothing"), "c1 (Calendar)"),
        (("calendars", "intro", "--busy", "c1", "--no-busy"), "--no-busy"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(
    oncetui: CommandLine, arguments: tuple[str, ...], says: str
) -> None:
    oncetui.connect()
    oncetui("pages", "create", "Other", "--link", "intro-call")

    answer = oncetui("pages", *arguments)

    assert answer.code == 2
    assert says in answer.err
    assert answer.err.count("\n") == 1


def test_a_calendar_name_that_several_have_wants_an_id(oncetui: CommandLine) -> None:
    from oncetui.model.calendars import FoundCalendar

    oncetui.connect()
    same = [FoundCalendar("k1", "Calendar", writable=True), FoundCalendar("k8", "Calendar", writable=True)]
    oncetui.profile(lambda it: it.busy.note_calendars(same, it.connection.load().generation))

    answer = oncetui("pages", "calendars", "intro", "--busy", "Calendar")

    assert answer.code == 2
    assert "use an id" in answer.err
