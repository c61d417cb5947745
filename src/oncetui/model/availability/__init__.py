"""Which times of a booking page are free, and why a time is or is not: exact and without side effects."""
