"""What a running connector tells of how it learns of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the sync in effect to the heartbeat."""
    op.add_column("heartbeats", sa.Column("sync", sa.JSON))
