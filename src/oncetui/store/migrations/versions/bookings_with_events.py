"""Bookings with what becomes of them and of their calendar events.

Nothing could take a booking before this form, so that the old tables are empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Put the tables of bookings in the place of the old ones."""
    op.drop_table("booking_links")
    op.drop_table("bookings")
    op.create_table(
        "bookings",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("page", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False, index=True),
        sa.Column("end", sa.BigInteger, nullable=False),
        sa.Column("customer", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("taken_at", sa.BigInteger),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("moving_start", sa.BigInteger),
        sa.Column("moving_end", sa.BigInteger),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("in_outbox", sa.Boolean, nullable=False, index=True),
    )
    booking = sa.ForeignKey("bookings.id", ondelete="CASCADE")
    op.create_table(
        "booking_links",
        sa.Column("booking", sa.String, booking, primary_key=True, nullable=False),
        sa.Column("calendar", sa.String, primary_key=True, nullable=False),
        sa.Column("main", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("item", sa.String),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("seen_start", sa.BigInteger),
        sa.Column("seen_end", sa.BigInteger),
    )
