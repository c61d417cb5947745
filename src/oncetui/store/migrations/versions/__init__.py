"""One script a form of the store."""
