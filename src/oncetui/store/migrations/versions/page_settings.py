"""More settings of a booking page: slot step, single dates, location, limit per day, what counts as free."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; a page that was made before offers starts at most as far apart as it lasts."""
    for column in (
        sa.Column("step_minutes", sa.Integer, nullable=False, server_default="30"),
        sa.Column("date_hours", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("location", sa.String, nullable=False, server_default=""),
        sa.Column("limit_per_day", sa.Integer),
        sa.Column("counts_as_free", sa.JSON, nullable=False, server_default="[]"),
    ):
        op.add_column("booking_pages", column)
    op.execute("UPDATE booking_pages SET step_minutes = min(30, max(5, duration_minutes))")
