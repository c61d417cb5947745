"""A bad line for tests: raw TCP in front of a server, with latency, cuts, resets, silence and dripping."""
