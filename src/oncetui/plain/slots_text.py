"""Free slots, in plain text and as the list of the command line contract."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from oncetui.model.availability.slots import Slot
from oncetui.model.pages import BookingPage
from oncetui.model.status import utc_text

IN_A_LINE = 10


def slots_list(slots: Iterable[Slot]) -> list[dict[str, str | None]]:
    """Return the slots as `--json` prints them, in UTC."""
    return [{"start": utc_text(slot.start), "end": utc_text(slot.end)} for slot in slots]


def slots_text(slots: Iterable[Slot], page: BookingPage) -> str:
    """Return the starts of the slots, a day in a line or a few, in the page's zone."""
    zone = ZoneInfo(page.time_zone)
    days: dict[date, list[datetime]] = {}
    for slot in slots:
        local = slot.start.astimezone(zone)
        days.setdefault(local.date(), []).append(local)
    if not days:
        return "No time is free on these days. To see why, run: oncetui explain PAGE TIME"
    lines = [f"{page.name}: {page.duration_minutes} min each, times in {page.time_zone}"]
    for starts in days.values():
        texts = [_start_text(start) for start in starts]
        for at in range(0, len(texts), IN_A_LINE):
            label = "" if at else f"{starts[0]:%a %d %b}"
            lines.append(f"  {label:<10}  {' '.join(texts[at : at + IN_A_LINE])}")
    return "\n".join(lines)


def _start_text(start: datetime) -> str:
    # A time that the clock shows twice is told apart by its offset.
    twice = start.replace(fold=0).utcoffset() != start.replace(fold=1).utcoffset()
    return f"{start:%H:%M%z}" if twice else f"{start:%H:%M}"
