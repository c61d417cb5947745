"""The pictures that the README shows, and the command that draws them."""
