"""What was seen of the way to the server at the last success."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; of a connection that was made before, nothing is known until its next success."""
    op.add_column("connection_records", sa.Column("way", sa.JSON))
