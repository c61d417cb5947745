"""The console: live status of the connection, and what can be done about it."""
