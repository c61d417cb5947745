"""Why a time is free or not, in plain text and as an object."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from oncetui.model.availability.explaining import Explanation
from oncetui.model.status import utc_text
from oncetui.plain.table import columns

UNREAD = "  Subjects of events are not kept; --subjects reads them from the calendar now."


def explanation_text(told: Explanation, subjects: Mapping[str, str] | None = None) -> str:
    """Return the verdict, then each rule, event and booking with its own.

    `subjects` are those of the events by their ids, None where they weren't read.
    """
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
            _named(f"{one.calendar.name}: {one.why}", (subjects or {}).get(one.block.item)),
        )
        for one in told.events
    ]
    blocks = [f"{told.page.name}, {when}: {verdict}", *columns(rules)]
    if not held and not events:
        return "\n".join([*blocks, "  No event and no booking lies at this time."])
    unread = [UNREAD] if events and subjects is None else []
    return "\n".join([*blocks, *columns([*held, *events]), *unread])


def explanation_object(told: Explanation, subjects: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the explanation as `--json` prints it, times in UTC; a subject that isn't known is null."""
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
                "subject": (subjects or {}).get(one.block.item),
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


def _named(text: str, subject: str | None) -> str:
    return f"{text} · {subject}" if subject else text


def _mark(*, against: bool) -> str:
    return "x" if against else "ok"


def _span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}-{ends:%H:%M}"
    return f"{begins:%d %b %H:%M} to {ends:%d %b %H:%M}"
