"""Keeps a connection without a screen: checks it, restores it, reconnects and disconnects it."""
