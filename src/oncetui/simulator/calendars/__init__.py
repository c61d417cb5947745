"""The rules of calendars: recurrence, time zones, views."""
