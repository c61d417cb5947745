"""The tables of a profile's store.

A change here needs a new script in `migrations/versions` and a new `REVISION`.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

REVISION = "0009"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment, kept as microseconds since 1970 in UTC: exact, sortable, quick to read."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  # TypeDecorator's signature
        """Return the number for a moment; raise TypeError for one without a time zone."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # TypeDecorator's signature
        """Return the moment for a number, aware, in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData()

alembic_version = Table(
    "alembic_version", metadata, Column("version_num", String(32), primary_key=True, nullable=False)
)

connection_records = Table(
    "connection_records",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("state", String, nullable=False),
    Column("since", Moment, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("last_success", Moment),
    Column("problem", JSON(none_as_null=True)),
    Column("next_try", Moment),
    Column("tries", Integer, nullable=False),
    Column("wobble", Moment),
    Column("secret_version", String),
    Column("refused_version", String),
    Column("password_expires", Moment),
    Column("way", JSON(none_as_null=True)),
)

state_changes = Table(
    "state_changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("sentence", String, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("deadline", Moment, nullable=False),
)

calendars = Table(
    "calendars",
    metadata,
    Column("id", String, primary_key=True, nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("writable", Boolean, nullable=False),
    Column("default", Boolean, nullable=False),
    Column("owner", String),
    Column("full_read", Boolean, nullable=False),
    Column("read_at", Moment),
    Column("unreadable", String),
    Column("cursor", String),
    Column("gone", Boolean, nullable=False, server_default="0"),
    Column("foreign_bookings", Integer, nullable=False, server_default="0"),
    Column("foreign_seen_at", Moment),
)

# The whole row is the key, so that the table is its own index by calendar and start.
busy_blocks = Table(
    "busy_blocks",
    metadata,
    Column("calendar", ForeignKey("calendars.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("start", Moment, primary_key=True, nullable=False),
    Column("end", Moment, primary_key=True, nullable=False),
    Column("item", String, primary_key=True, nullable=False),
    Column("showing", String, primary_key=True, nullable=False),
    sqlite_with_rowid=False,
)

booking_pages = Table(
    "booking_pages",
    metadata,
    Column("id", String, primary_key=True, nullable=False),
    Column("name", String, nullable=False),
    Column("duration_minutes", Integer, nullable=False),
    Column("time_zone", String, nullable=False),
    Column("working_hours", JSON, nullable=False),
    Column("minimum_notice_minutes", Integer, nullable=False),
    Column("horizon_days", Integer, nullable=False),
    Column("buffer_before_minutes", Integer, nullable=False),
    Column("buffer_after_minutes", Integer, nullable=False),
    Column("step_minutes", Integer, nullable=False, server_default="30"),
    Column("date_hours", JSON, nullable=False, server_default="[]"),
    Column("location", String, nullable=False, server_default=""),
    Column("limit_per_day", Integer),
    Column("counts_as_free", JSON, nullable=False, server_default="[]"),
    Column("event_texts", JSON, nullable=False, server_default="{}"),
    Column("follows_calendar", Boolean, nullable=False, server_default="0"),
)

# A calendar that the server no longer lists stays associated, so that its page closes and says why.
associations = Table(
    "associations",
    metadata,
    Column("page", ForeignKey("booking_pages.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("used_for", String, primary_key=True, nullable=False),
    Column("calendar", String, primary_key=True, nullable=False),
    sqlite_with_rowid=False,
)

# A booking outlives its page: the customer still comes.
bookings = Table(
    "bookings",
    metadata,
    Column("id", String, primary_key=True, nullable=False),
    Column("page", String, nullable=False),
    Column("status", String, nullable=False),
    Column("start", Moment, nullable=False, index=True),
    Column("end", Moment, nullable=False),
    Column("customer", String, nullable=False),
    Column("email", String, nullable=False),
    Column("taken_at", Moment),
    Column("revision", Integer, nullable=False),
    Column("moving_start", Moment),
    Column("moving_end", Moment),
    Column("reason", String, nullable=False),
    Column("in_outbox", Boolean, nullable=False, index=True),
)

booking_links = Table(
    "booking_links",
    metadata,
    Column("booking", ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("calendar", String, primary_key=True, nullable=False),
    Column("main", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("item", String),
    Column("revision", Integer, nullable=False),
    Column("seen_start", Moment),
    Column("seen_end", Moment),
)

commands = Table(
    "commands",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("expires", Moment, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("pid", Integer, nullable=False),
    Column("started", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("process_start", String),
    Column("sync", JSON(none_as_null=True)),
)

# `fingerprint` and `salt` are empty where a refusal was not about the secret.
refused_sign_ins = Table(
    "refused_sign_ins",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("mailbox", String, nullable=False),
    Column("host", String, nullable=False),
    Column("username", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("problem", JSON, nullable=False),
    Column("salt", LargeBinary),
    Column("fingerprint", LargeBinary),
)
