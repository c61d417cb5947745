"""Who is told what happens in a mailbox, and how that is written."""
