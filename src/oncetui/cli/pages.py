"""`oncetui pages`: the booking pages and their calendars."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import confirmed
from oncetui.cli.printing import print_object, print_text

if TYPE_CHECKING:
    from oncetui.model.pages import BookingPage
    from oncetui.model.profile import Profile
    from oncetui.model.status import PageStatus

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
MINUTES = click.IntRange(0, 30 * 24 * 60)
LIMITS = (
    click.option("--notice", "minimum_notice_minutes", type=MINUTES, help="Minimum notice in minutes."),
    click.option("--horizon", "horizon_days", type=click.IntRange(1, 365), help="Days that can be booked."),
    click.option("--buffer-before", "buffer_before_minutes", type=MINUTES, help="Minutes kept free before."),
    click.option("--buffer-after", "buffer_after_minutes", type=MINUTES, help="Minutes kept free after."),
)


def limits(command: Any) -> Any:
    """Give a command the options of a page's limits."""
    for option in reversed(LIMITS):
        command = option(command)
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
    _print(composition.profile, _named(composition.profile, page).id, as_json=as_json)


@pages.command()
@click.argument("name")
@click.option("--duration", default=30, show_default=True, help="Length of a booking in minutes.")
@click.option("--time-zone", metavar="ZONE", help="Such as Europe/Berlin; this computer's by default.")
@click.option("--link", metavar="LINK", help="The link name; made from the name by default.")
@limits
@AS_JSON
@click.pass_obj
def create(
    composition: Composition,
    /,
    name: str,
    duration: int,
    time_zone: str | None,
    link: str | None,
    *,
    as_json: bool,
    **given: int | None,
) -> None:
    """Create a booking page.

    Its bookings go into the default calendar; all calendars of one's own make busy.
    """
    from oncetui.model.associations import suggested

    profile = composition.profile
    page = _made(name, duration, time_zone or profile.time_zone, link)
    if any(known.id == page.id for known in profile.pages.pages()):
        raise click.UsageError(
            f"There is a page {page.id} already; give another link, as in --link {page.id}-2."
        )
    page = replace(page, associated=suggested(profile.busy.calendars()), **_given(given))
    profile.pages.save(page)
    _print(profile, page.id, as_json=as_json)


@pages.command()
@click.argument("page")
@click.option("--name", help="Another name; the link name stays.")
@click.option("--duration", type=int, help="Length of a booking in minutes.")
@click.option("--time-zone", metavar="ZONE", help="Such as Europe/Berlin.")
@limits
@AS_JSON
@click.pass_obj
def edit(
    composition: Composition,
    /,
    page: str,
    name: str | None,
    duration: int | None,
    time_zone: str | None,
    *,
    as_json: bool,
    **given: int | None,
) -> None:
    """Change a booking page; what isn't named stays."""
    profile = composition.profile
    before = _named(profile, page)
    checked = _made(
        before.name if name is None else name,
        before.duration_minutes if duration is None else duration,
        time_zone or before.time_zone,
        before.id,
    )
    profile.pages.save(
        replace(
            before,
            name=checked.name,
            duration_minutes=checked.duration_minutes,
            time_zone=checked.time_zone,
            **_given(given),
        )
    )
    _print(profile, before.id, as_json=as_json)


@pages.command()
@click.argument("page")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@AS_JSON
@click.pass_obj
def delete(composition: Composition, page: str, *, yes: bool, as_json: bool) -> None:
    """Delete a booking page; its bookings stay."""
    profile = composition.profile
    found = _named(profile, page)
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
    as_json: bool,
) -> None:
    """Choose the calendars of a page.

    What isn't named stays. C is a short id or a unique name.
    """
    from oncetui.cli.chosen_calendars import changed, named_calendar

    if (additional and no_additional) or (busy and no_busy):
        raise click.UsageError(
            "Name calendars or none: --additional C or --no-additional, --busy C or --no-busy."
        )
    profile = composition.profile
    found, known = _named(profile, page), profile.busy.calendars()

    def chosen(names: tuple[str, ...], *, none: bool) -> list[Any] | None:
        return [named_calendar(name, known) for name in names] if names or none else None

    associated = changed(
        found.associated,
        main=None if main is None else named_calendar(main, known),
        additional=chosen(additional, none=no_additional),
        busy=chosen(busy, none=no_busy),
    )
    if associated != found.associated:
        profile.pages.associate(found.id, associated)
    _print(profile, found.id, as_json=as_json)


def _made(name: str, duration: int, time_zone: str, link: str | None) -> "BookingPage":
    from oncetui.model.pages import BookingPage

    try:
        return BookingPage.named(name, duration, time_zone, link=link)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _given(options: dict[str, int | None]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _named(profile: "Profile", name: str) -> "BookingPage":
    """Return the page with this link name or unique name."""
    known = profile.pages.pages()
    by_link = [page for page in known if page.id == name]
    found = by_link or [page for page in known if page.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if not known:
        raise click.UsageError("There are no booking pages; to make one, run: oncetui pages create NAME")
    listed = ", ".join(page.id for page in found or known)
    if found:
        raise click.UsageError(f"Several pages are named “{name}”; use a link name: {listed}.")
    raise click.UsageError(f"There is no booking page “{name}”; there are: {listed}.")


def _statuses(profile: "Profile") -> "tuple[PageStatus, ...]":
    from oncetui.model.status import page_statuses

    calendars = {calendar.id: calendar for calendar in profile.busy.calendars()}
    return page_statuses(profile.pages.pages(), profile.connection.load(), calendars, profile.clock.now())


def _print(profile: "Profile", link: str, *, as_json: bool) -> None:
    from oncetui.plain.pages_text import page_object, page_text

    status = next(status for status in _statuses(profile) if status.page.id == link)
    if as_json:
        print_object(page_object(status))
    else:
        print_text(page_text(status, {calendar.id: calendar for calendar in profile.busy.calendars()}))
