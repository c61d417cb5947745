"""Why a time is free or not, in plain text and as an object."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from oncetui.model.availability.explaining import Explanation
from oncetui.model.status import utc_text
from oncetui.plain.table import columns


def explanation_text(told: Explanation) -> str:
    """Return the verdict, then each rule, event and booking with its own."""
    zone = ZoneInfo(told.page.time_zone)
    when = f"{told.start.astimezone(zone):%a %d %b %Y %H:%M} ({told.page.time_zone})"
    verdict = "free" if told.free else f"not free: {told.reason}"
    rules = [(_mark(against=not one.allows), one.rule.replace("-", " "), one.why) for one in told.rules]
    held = [
        (_mark(against=one.blocks), _span(one.start, one.end, zone), f"booking: {one.why}")
        for one in told.bookings
    ]
    events = [
        (
            _mark(against=one.blocks),
            _span(one.block.start, one.block.end, zone),
            f"{one.calendar.name}: {one.why}",
        )
        for one in told.events
    ]
    blocks = [f"{told.page.name}, {when}: {verdict}", *columns(rules)]
    if not held and not events:
        return "\n".join([*blocks, "  No event and no booking lies at this time."])
    return "\n".join([*blocks, *columns([*held, *events])])


def explanation_object(told: Explanation) -> dict[str, Any]:
    """Return the explanation as `--json` prints it, times in UTC."""
    return {
        "page": told.page.id,
        "start": utc_text(told.start),
        "end": utc_text(told.end),
        "free": told.free,
        "reason": told.reason,
        "rules": [{"rule": one.rule, "allows": one.allows, "why": one.why} for one in told.rules],
        "events": [
            {
                "calendar": one.calendar.id,
                "calendar_name": one.calendar.name,
                "start": utc_text(one.block.start),
                "end": utc_text(one.block.end),
                "status": str(one.block.showing),
                "blocks": one.blocks,
                "why": one.why,
            }
            for one in told.events
        ],
        "bookings": [
            {
                "id": one.booking.id,
                "page": one.booking.page,
                "start": utc_text(one.start),
                "end": utc_text(one.end),
                "blocks": one.blocks,
                "why": one.why,
            }
            for one in told.bookings
        ],
    }


def _mark(*, against: bool) -> str:
    return "x" if against else "ok"


def _span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}-{ends:%H:%M}"
    return f"{begins:%d %b %H:%M} to {ends:%d %b %H:%M}"
