"""Pages that were made before a page had more settings keep working."""

import json
import sqlite3

from oncetui.store.home import Home
from oncetui.store.opening import open_store
from tests.fakes.clock import FakeClock

ADDED = ("step_minutes", "date_hours", "location", "limit_per_day", "counts_as_free")
ADDED_LATER = ("event_texts", "follows_calendar")


def test_an_older_page_comes_back_with_the_usual_settings(home: Home) -> None:
    open_store(home, "default", FakeClock()).close()
    with sqlite3.connect(home.files_of("default").store) as kept:
        for column in (*ADDED, *ADDED_LATER):
            kept.execute(f"ALTER TABLE booking_pages DROP COLUMN {column}")
        kept.execute("ALTER TABLE connection_records DROP COLUMN password_expires")
        kept.execute("ALTER TABLE connection_records DROP COLUMN way")
        kept.execute("ALTER TABLE heartbeats DROP COLUMN sync")
        kept.execute("DROP TABLE refused_sign_ins")
        for column in ("gone", "foreign_bookings", "foreign_seen_at"):
            kept.execute(f"ALTER TABLE calendars DROP COLUMN {column}")
        hours = json.dumps([[["09:00:00", "17:00:00"]]] * 5 + [[], []])
        for link, minutes in (("call", 15), ("demo", 60)):
            row = (link, link.title(), minutes, "Europe/Berlin", hours, 240, 60, 0, 10)
            kept.execute(f"INSERT INTO booking_pages VALUES ({', '.join('?' * len(row))})", row)
        kept.execute("UPDATE alembic_version SET version_num = '0002'")
    kept.close()

    opened = open_store(home, "default", FakeClock())
    call, demo = opened.pages.pages()
    opened.close()

    assert (call.step_minutes, demo.step_minutes) == (15, 30)
    assert (demo.date_hours, demo.location, demo.limit_per_day) == ((), "", None)
    assert (demo.counts_as_free, demo.buffer_after_minutes) == (frozenset(), 10)
