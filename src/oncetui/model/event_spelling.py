"""A page's template for calendar events as text: how each part is shown, and how what was typed is taken.

All that takes text raises ValueError with one sentence for a person where it can't stand.
"""

import re
from unicodedata import category

from oncetui.model.event_texts import LONGEST_BODY, LONGEST_SUBJECT, checked_template

LONGEST_CATEGORY = 255
_YES, _NO = ("yes", "y", "on", "true"), ("no", "n", "off", "false")
_ESCAPED = re.compile(r"\\(.)")


def subject_given(text: str) -> str:
    """Return the template of a subject."""
    subject = " ".join(text.split())
    if not subject or not subject.isprintable():
        raise ValueError("A subject is one line, such as {page}: {customer}.")
    return checked_template(subject, LONGEST_SUBJECT)


def body_text(body: str) -> str:
    r"""Return the template of a body on one line, its line ends written `\n`."""
    return body.replace("\\", "\\\\").replace("\n", "\\n")


def body_given(text: str) -> str:
    r"""Return the template of a body, typed on one line with `\n` for a line end, or on several."""
    body = _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text.strip(" "))
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    # Blanks that don't break, as word processors write them, count as unprintable and are as good as others.
    if not all(one.isprintable() or one in "\n\t" or category(one) == "Zs" for one in body):
        raise ValueError("A body is text without control characters, such as Booked by {customer}.")
    return checked_template(body, LONGEST_BODY)


def category_given(text: str, none: str) -> str | None:
    """Return a category, None for an empty text or the word for none."""
    named = text.strip()
    if named.casefold() in ("", none):
        return None
    if len(named) > LONGEST_CATEGORY or not named.isprintable() or set(named) & set(",;"):
        raise ValueError("A category is one line without commas, such as Customers, or none.")
    return named


def yes_text(chosen: bool) -> str:  # noqa: FBT001  # the value is the whole of it
    """Return a choice in words."""
    return "yes" if chosen else "no"


def yes_given(text: str) -> bool:
    """Return a choice."""
    word = text.strip().casefold()
    if word not in (*_YES, *_NO):
        raise ValueError("The answer is yes or no.")
    return word in _YES
