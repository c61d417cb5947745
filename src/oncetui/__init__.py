"""Connect an Exchange calendar to booking pages from a terminal."""

__version__ = "0.1.0"
