"""Ordinary messages: sending them to the scenario's mailboxes, answering and forwarding them."""
