"""What was refused, and until when the password is good."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the memory of refused sign-ins, and the day on which the password expires."""
    op.add_column("connection_records", sa.Column("password_expires", sa.BigInteger))
    op.create_table(
        "refused_sign_ins",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("mailbox", sa.String, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("username", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.Boolean, nullable=False),
        sa.Column("problem", sa.JSON, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("fingerprint", sa.LargeBinary),
    )
