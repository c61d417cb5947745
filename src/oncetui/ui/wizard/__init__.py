"""The wizard's screens, painted from the pure flow in `setup`."""
