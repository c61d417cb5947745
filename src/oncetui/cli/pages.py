"""`oncetui pages`: the booking pages and their calendars."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import confirmed
from oncetui.cli.named_page import named_page
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.pages import BookingPage
    from oncetui.model.profile import Profile
    from oncetui.model.status import PageStatus

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
DATES_NAMED = "dates"
OPTIONS = (
    ("--duration", "duration_minutes", "MINUTES", "Length of a booking."),
    ("--step", "step_minutes", "MINUTES", "From one possible start to the next."),
    ("--time-zone", "time_zone", "ZONE", "Where its hours are meant, such as Europe/Berlin."),
    (
        "--hours",
        "working_hours",
        "WEEK",
        "Working hours, as in “Mon-Thu 9-12 13-17, Fri 9-13”; other days close.",
    ),
    ("--notice", "minimum_notice_minutes", "TIME", "Minimum notice: minutes, or as in “4 h” and “2 days”."),
    ("--horizon", "horizon_days", "DAYS", "Days ahead that can be booked."),
    ("--buffer-before", "buffer_before_minutes", "MINUTES", "Kept free before a booking."),
    ("--buffer-after", "buffer_after_minutes", "MINUTES", "Kept free after a booking."),
    ("--limit-per-day", "limit_per_day", "N", "Bookings that one day takes at most, or “none”."),
    ("--counts-as-free", "counts_as_free", "STATUSES", "Of Tentative, Away, Working elsewhere; or “none”."),
    ("--location", "location", "TEXT", "Where to meet."),
    ("--subject", "subject", "TEMPLATE", "Subject of its events, as in “{page}: {customer}”."),
    ("--body", "body", "TEMPLATE", "Text of its events; words in braces as in the subject."),
    ("--reminder", "reminder", "TIME", "Outlook reminds so long before: minutes, as in “1 h”, or “none”."),
    ("--category", "category", "NAME", "Outlook category of its events, or “none”."),
)
SWITCHES = (
    (
        "--invite/--no-invite",
        "invite",
        "Let Exchange send the customer invitation, changes and cancellation, or tell nobody.",
    ),
    (
        "--follow-calendar/--no-follow-calendar",
        "follows_calendar",
        "Let a booking move and end with its event in Outlook, or leave that to a person.",
    ),
)


def page_settings(command: Any) -> Any:
    """Give a command the options of a page's settings, each taken as text."""
    dates = (
        "Hours of single dates, as in “2026-12-24 9-12”, “2026-12-25 closed”, “2026-12-24 usual”; repeat it."
    )
    command = click.option("--date", DATES_NAMED, metavar="DATE_HOURS", multiple=True, help=dates)(command)
    for option, name, told in reversed(SWITCHES):
        command = click.option(option, name, default=None, help=told)(command)
    for option, name, metavar, told in reversed(OPTIONS):
        command = click.option(option, name, metavar=metavar, help=told)(command)
    return command


@click.group()
def pages() -> None:
    """List, create and change booking pages."""


@pages.command("list")
@AS_JSON
@click.pass_obj
def list_pages(composition: Composition, *, as_json: bool) -> None:
    """List the booking pages, and whether each is open."""
    from oncetui.plain.pages_text import page_object, pages_text

    statuses = _statuses(composition.profile)
    if as_json:
        print_object({"pages": [page_object(status) for status in statuses]})
    else:
        print_text(pages_text(statuses))


@pages.command()
@click.argument("page")
@AS_JSON
@click.pass_obj
def show(composition: Composition, page: str, *, as_json: bool) -> None:
    """Show one page; PAGE is its link name or name."""
    _print(composition.profile, named_page(composition.profile, page).id, as_json=as_json)


@pages.command()
@click.argument("name")
@click.option("--link", metavar="LINK", help="The link name; made from the name by default.")
@page_settings
@AS_JSON
@click.pass_obj
def create(composition: Composition, /, name: str, link: str | None, *, as_json: bool, **given: Any) -> None:
    """Create a booking page.

    A booking lasts 30 minutes, its hours are Mon-Fri 9-17 where this computer is, unless given. Its bookings
    go into the default calendar; all calendars of one's own make busy.
    """
    from oncetui.model.associations import suggested
    from oncetui.model.pages import BookingPage

    profile = composition.profile
    duration, zone = given.pop("duration_minutes"), given.pop("time_zone")
    with _told_as_usage():
        page = BookingPage.named(name, 30, profile.time_zone, link=link)
        page = _changed(page, {"duration_minutes": duration, "time_zone": zone})
        # Starts lie no further apart than a booking lasts, unless told otherwise.
        page = _changed(BookingPage.named(name, page.duration_minutes, page.time_zone, link=link), given)
    if any(known.id == page.id for known in profile.pages.pages()):
        raise click.UsageError(
            f"There is a page {page.id} already; give another link, as in --link {page.id}-2."
        )
    profile.pages.save(replace(page, associated=suggested(profile.busy.calendars())))
    _print(profile, page.id, as_json=as_json)


@pages.command()
@click.argument("page")
@click.option("--name", metavar="NAME", help="Another name; the link name stays.")
@page_settings
@AS_JSON
@click.pass_obj
def edit(composition: Composition, /, page: str, *, as_json: bool, **given: Any) -> None:
    """Change a booking page; what isn't named stays."""
    profile = composition.profile
    before = named_page(profile, page)
    with _told_as_usage():
        after = _changed(before, given)
    profile.pages.save(after)
    _print(profile, before.id, as_json=as_json)


@pages.command()
@click.argument("page")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@AS_JSON
@click.pass_obj
def delete(composition: Composition, page: str, *, yes: bool, as_json: bool) -> None:
    """Delete a booking page; its bookings stay."""
    profile = composition.profile
    found = named_page(profile, page)
    if not confirmed(f"Delete the booking page {found.name}?", yes=yes):
        raise click.Abort
    profile.pages.delete(found.id)
    if as_json:
        print_object({"deleted": found.id})
    else:
        print_text(f"{found.name} is deleted; its bookings stay.")


@pages.command("calendars")
@click.argument("page")
@click.option("--main", metavar="C", help="Bookings go into this calendar.")
@click.option("--additional", metavar="C", multiple=True, help="Bookings also go into this one; repeat it.")
@click.option("--no-additional", is_flag=True, help="Bookings go into no other calendar.")
@click.option("--busy", metavar="C", multiple=True, help="Events in this one make busy; repeat it.")
@click.option("--no-busy", is_flag=True, help="Only events in the main one make busy.")
@click.option(
    "--move-bookings/--leave-bookings",
    "move",
    default=None,
    help="Let upcoming bookings go into the main one too, or leave them where they are.",
)
@AS_JSON
@click.pass_obj
def choose_calendars(
    composition: Composition,
    page: str,
    main: str | None,
    additional: tuple[str, ...],
    busy: tuple[str, ...],
    *,
    no_additional: bool,
    no_busy: bool,
    move: bool | None,
    as_json: bool,
) -> None:
    """Choose the calendars of a page.

    What isn't named stays. C is a short id or a unique name. Where another main one leaves upcoming bookings
    behind, what becomes of them is asked; without a terminal one of the two options has to say it.
    """
    from oncetui.cli.chosen_calendars import changed, named_calendar
    from oncetui.cli.unlocking import unlock
    from oncetui.cli.upcoming_bookings import moved_along, moves_along

    if (additional and no_additional) or (busy and no_busy):
        raise click.UsageError(
            "Name calendars or none: --additional C or --no-additional, --busy C or --no-busy."
        )
    profile = composition.profile
    found, known = named_page(profile, page), profile.busy.calendars()

    def chosen(names: tuple[str, ...], *, none: bool) -> list[Any] | None:
        return [named_calendar(name, known) for name in names] if names or none else None

    associated = changed(
        found.associated,
        main=None if main is None else named_calendar(main, known),
        additional=chosen(additional, none=no_additional),
        busy=chosen(busy, none=no_busy),
    )
    along = moves_along(profile, found, associated, move=move)
    if associated != found.associated:
        profile.pages.associate(found.id, associated)
    if along:
        unlock(composition, beside_a_connector=False)
        moved_along(profile, found.id, associated)
    _print(profile, found.id, as_json=as_json)


@contextmanager
def _told_as_usage() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _changed(page: "BookingPage", given: dict[str, Any]) -> "BookingPage":
    """Return the page with the given options; raise ValueError with a sentence where one can't stand."""
    from oncetui.model.event_spelling import yes_text
    from oncetui.model.hours_spelling import dates_changed
    from oncetui.model.page_settings import changed

    for text in given.get(DATES_NAMED, ()):
        page = replace(page, date_hours=dates_changed(page.date_hours, text))
    for name, text in given.items():
        if name != DATES_NAMED and text is not None:
            page = changed(page, name, yes_text(text) if isinstance(text, bool) else text)
    return page


def _statuses(profile: "Profile") -> "tuple[PageStatus, ...]":
    from oncetui.connector.availability import Known

    known = Known.of(profile)
    return tuple(known.page_status(page) for page in known.pages)


def _print(profile: "Profile", link: str, *, as_json: bool) -> None:
    from oncetui.plain.pages_text import page_object, page_text

    status = next(status for status in _statuses(profile) if status.page.id == link)
    if as_json:
        print_object(page_object(status))
    else:
        print_text(page_text(status, {calendar.id: calendar for calendar in profile.busy.calendars()}))
