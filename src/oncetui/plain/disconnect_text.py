"""What Disconnect will do, said before it is done."""

from typing import Any

from oncetui.connector.disconnecting import COMMAND_GOES, DisconnectPreview
from oncetui.plain.table import columns


def preview_text(preview: DisconnectPreview) -> str:
    """Return what is erased, what is kept, and what it means."""
    erased = preview.erased
    where = "" if preview.protection is None else f", the password in the {preview.protection.kept_in}"
    counted = f"{_counted(erased.busy_blocks, 'busy time')}, {_counted(erased.calendars, 'calendar')}"
    stay = "stays" if preview.upcoming == 1 else "stay"
    rows = [
        ("Erased", f"{counted}, the sync state, address, server{where}"),
        ("Kept", f"{_counted(preview.pages, 'booking page')} and all bookings"),
        (
            _counted(preview.upcoming, "booking"),
            f"{stay} in the calendar as ordinary events, no longer changed from here",
        ),
        *([("Lost", preview.lost)] if preview.lost else []),
        *([("Also", COMMAND_GOES)] if preview.telling else []),
        ("Pages", "open, and nobody checks the calendar: double bookings are possible"),
    ]
    return "\n".join([
        f"Disconnect {preview.mailbox or 'this profile'}:",
        *columns(rows),
        "Did the password change? Then run: oncetui reconnect",
    ])  # fmt: skip


def preview_object(preview: DisconnectPreview | None) -> dict[str, Any]:
    """Return the object of the command line contract."""
    if preview is None:
        return {
            "erases": {"busy_blocks": 0, "booking_links": 0, "calendars": 0, "sync_states": 0, "outbox": 0}
        }
    erased = preview.erased
    return {
        "erases": {
            "busy_blocks": erased.busy_blocks,
            "booking_links": erased.booking_links,
            "calendars": erased.calendars,
            "sync_states": erased.sync_states,
            "outbox": preview.outbox,
        }
    }


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
