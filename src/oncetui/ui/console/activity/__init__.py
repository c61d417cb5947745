"""The activity stream: the bookings, and what a person decides about them."""
