"""Folders, items and rights of a mailbox, in memory."""
