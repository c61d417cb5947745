"""Choosing the passphrase that opens the encrypted file."""

from oncetui.model.secret import Secret

LEAST_LENGTH = 12
ABOUT = (
    "oncetui asks for it at each start and keeps it nowhere. If it is lost, the password has to be entered "
    "anew."
)
TOO_SHORT = f"A passphrase has at least {LEAST_LENGTH} characters, as in: four or five words in a row."
NOT_THE_SAME = "These aren't the same; please type both once more."


def checked_passphrase(chosen: Secret, again: Secret | None = None) -> Secret:
    """Return a passphrase that can be chosen; raise ValueError with one sentence for another one.

    `again` is the same typed a second time, None where it comes from a file.
    """
    if len(chosen.reveal()) < LEAST_LENGTH:
        raise ValueError(TOO_SHORT)
    if again is not None and chosen != again:
        raise ValueError(NOT_THE_SAME)
    return chosen
