"""Whom a request comes from: user names, Basic, NTLM."""
