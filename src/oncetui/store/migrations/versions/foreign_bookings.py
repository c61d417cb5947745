"""How many bookings another installation has in a calendar, and when that was seen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add both to the calendars."""
    op.add_column("calendars", sa.Column("foreign_bookings", sa.Integer, nullable=False, server_default="0"))
    op.add_column("calendars", sa.Column("foreign_seen_at", sa.BigInteger))
