"""Calendars that a server no longer lists, kept for the pages that still name them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Let a calendar be laid aside."""
    op.add_column("calendars", sa.Column("gone", sa.Boolean, nullable=False, server_default="0"))
