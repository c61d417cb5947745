"""What items and folders are made of, and how each part is read from and written to XML."""
