"""Meetings between the mailboxes of the world: invitations, answers, cancellations."""
