import pytest

from oncetui.model.calendars import FoundCalendar
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


def test_every_setting_of_a_page_is_given_and_changed_by_options(oncetui: CommandLine) -> None:
    oncetui.connect()
    given = (
        "--duration",
        "60",
        "--step",
        "15",
        "--time-zone",
        "Asia/Kolkata",
        "--hours",
        "Mon-Thu 9-12 13-17",
    )
    limits = ("--notice", "4 h", "--horizon", "30", "--buffer-before", "5", "--buffer-after", "10")
    more = ("--limit-per-day", "3", "--counts-as-free", "tentative, away", "--location", "Room 4")
    dates = ("--date", "2026-12-24 9-12", "--date", "2026-12-25 to 2026-12-26 closed")

    oncetui("pages", "create", "Tour", *given, *limits, *more, *dates)
    page = oncetui("pages", "edit", "tour", "--date", "2026-12-26 usual", "--step", "20", "--json").told

    assert (page["duration_minutes"], page["step_minutes"], page["time_zone"]) == (60, 20, "Asia/Kolkata")
    assert page["working_hours"] == [[["09:00", "12:00"], ["13:00", "17:00"]]] * 4 + [[]] * 3
    assert page["date_hours"] == {"2026-12-24": [["09:00", "12:00"]], "2026-12-25": []}
    assert (page["minimum_notice_minutes"], page["horizon_days"]) == (240, 30)
    assert (page["buffer_before_minutes"], page["buffer_after_minutes"]) == (5, 10)
    assert (page["limit_per_day"], page["location"]) == (3, "Room 4")
    assert page["status_mapping"] == {"tentative": "free", "away": "free", "elsewhere": "busy"}
    assert oncetui("pages", "edit", "tour", "--limit-per-day", "none", "--json").told["limit_per_day"] is None


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
        (("edit", "intro", "--duration", "half"), "between 5 and 1440 minutes"),
        (("edit", "intro", "--hours", "9-17"), "Mon-Thu 9-12 13-17"),
        (("edit", "intro", "--date", "Christmas closed"), "2026-12-24 9-12"),
        (("edit", "intro", "--notice", "soon"), "4 h or 2 days"),
        (("edit", "intro", "--limit-per-day", "-2"), "from 1 to 999"),
        (("edit", "intro", "--counts-as-free", "busy"), "Tentative, Away, Working elsewhere"),
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


def test_what_calendar_events_say_and_who_tells_the_customer_are_settings(oncetui: CommandLine) -> None:
    oncetui.connect()
    before = oncetui("pages", "show", "intro").out
    assert "no: Exchange tells the customer nothing, so somebody else has to" in before

    changed = ("--subject={customer}, {start}", "--body=Call\\n{email}", "--reminder=1 h", "--category=Calls")
    told = oncetui("pages", "edit", "intro", *changed, "--invite", "--follow-calendar", "--json").told

    assert (told["subject"], told["body"]) == ("{customer}, {start}", "Call\n{email}")
    assert (told["reminder_minutes"], told["category"]) == (60, "Calls")
    assert (told["invite_customer"], told["follows_calendar"]) == (True, True)
    assert "Exchange sends the customer invitation" in oncetui("pages", "show", "intro").out
    back = oncetui(
        "pages", "edit", "intro", "--no-invite", "--no-follow-calendar", "--reminder=none", "--json"
    )
    kept = (back.told["invite_customer"], back.told["follows_calendar"], back.told["reminder_minutes"])
    assert kept == (False, False, None)


def test_a_calendar_name_that_several_have_wants_an_id(oncetui: CommandLine) -> None:
    oncetui.connect()
    same = [FoundCalendar("k1", "Calendar", writable=True), FoundCalendar("k8", "Calendar", writable=True)]
    oncetui.profile(lambda it: it.busy.note_calendars(same, it.connection.load().generation))

    answer = oncetui("pages", "calendars", "intro", "--busy", "Calendar")

    assert answer.code == 2
    assert "use an id" in answer.err
