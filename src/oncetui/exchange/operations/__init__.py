"""The operations on a mailbox, one a file, each a lean service on exchangelib's."""
