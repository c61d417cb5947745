"""Series expanded here, for servers whose calendar views don't do it."""
