"""Bookings and their calendar events: confirmed against the live calendar, written once, never lost."""
