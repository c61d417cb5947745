"""What is kept on disk: settings, draft, lock, and the SQLite store of state, busy time and bookings.

Importing this package costs nothing; SQLAlchemy comes with `opening`, Alembic with `migrating`.
"""
