"""The check of everything between a person and their calendar; it changes nothing that is kept."""
