"""Finding the server of a mailbox: Autodiscover in all its forms, in parallel, without credentials first."""
