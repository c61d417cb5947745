"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables of the first form."""
    _create_connection_tables()
    _create_calendar_tables()
    _create_booking_tables()
    _create_command_tables()


def _follows(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")


def _create_connection_tables() -> None:
    op.create_table(
        "connection_records",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("last_success", sa.BigInteger),
        sa.Column("problem", sa.JSON),
        sa.Column("next_try", sa.BigInteger),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("wobble", sa.BigInteger),
        sa.Column("secret_version", sa.String),
        sa.Column("refused_version", sa.String),
    )
    op.create_table(
        "state_changes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("sentence", sa.String, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("deadline", sa.BigInteger, nullable=False),
    )


def _create_calendar_tables() -> None:
    op.create_table(
        "calendars",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("writable", sa.Boolean, nullable=False),
        sa.Column("default", sa.Boolean, nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("full_read", sa.Boolean, nullable=False),
        sa.Column("read_at", sa.BigInteger),
        sa.Column("unreadable", sa.String),
        sa.Column("cursor", sa.String),
    )
    op.create_table(
        "busy_blocks",
        sa.Column("calendar", sa.String, _follows("calendars.id"), primary_key=True, nullable=False),
        sa.Column("start", sa.BigInteger, primary_key=True, nullable=False),
        sa.Column("end", sa.BigInteger, primary_key=True, nullable=False),
        sa.Column("item", sa.String, primary_key=True, nullable=False),
        sa.Column("showing", sa.String, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )


def _create_booking_tables() -> None:
    op.create_table(
        "booking_pages",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("duration_minutes", sa.Integer, nullable=False),
        sa.Column("time_zone", sa.String, nullable=False),
        sa.Column("working_hours", sa.JSON, nullable=False),
        sa.Column("minimum_notice_minutes", sa.Integer, nullable=False),
        sa.Column("horizon_days", sa.Integer, nullable=False),
        sa.Column("buffer_before_minutes", sa.Integer, nullable=False),
        sa.Column("buffer_after_minutes", sa.Integer, nullable=False),
    )
    op.create_table(
        "associations",
        sa.Column("page", sa.String, _follows("booking_pages.id"), primary_key=True, nullable=False),
        sa.Column("used_for", sa.String, primary_key=True, nullable=False),
        sa.Column("calendar", sa.String, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bookings",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("page", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False, index=True),
        sa.Column("end", sa.BigInteger, nullable=False),
        sa.Column("customer", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
    )
    op.create_table(
        "booking_links",
        sa.Column("booking", sa.String, _follows("bookings.id"), primary_key=True, nullable=False),
        sa.Column("calendar", sa.String, primary_key=True, nullable=False),
        sa.Column("item", sa.String, nullable=False),
    )


def _create_command_tables() -> None:
    op.create_table(
        "commands",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "heartbeats",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("started", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("process_start", sa.String),
    )
