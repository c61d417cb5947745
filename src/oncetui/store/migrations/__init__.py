"""The way from each earlier form of the store to the present one, as Alembic scripts."""
