"""The three dialects in which Exchange tells a client where its mailbox is."""
