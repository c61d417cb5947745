"""Widgets that the wizard and the console share."""
