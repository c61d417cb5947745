"""The text that a person sends to their administrators: what happened, with everything to find it again."""
