"""The way to a server: names, sockets, proxy, TLS and HTTP, all of it bounded and ended by one call."""
