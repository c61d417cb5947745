"""From an exception or an answer to a problem of the catalogue: pure, total, never a guess."""
