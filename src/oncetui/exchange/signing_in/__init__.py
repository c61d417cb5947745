"""Signing in to a server: one attempt, and a refused secret never leaves again."""
