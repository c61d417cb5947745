"""What the calendar events of a page say, and whether its bookings follow them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; a page that was made before has the usual template."""
    op.add_column("booking_pages", sa.Column("event_texts", sa.JSON, nullable=False, server_default="{}"))
    op.add_column(
        "booking_pages", sa.Column("follows_calendar", sa.Boolean, nullable=False, server_default="0")
    )
