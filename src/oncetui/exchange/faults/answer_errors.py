"""Answers that are no success, as they travel from the reader to their classification."""

from oncetui.exchange.faults.answer_facts import AnswerFacts


class ResponseCodeError(Exception):
    """Exchange answered with this code; `back_off` is the wait in seconds that it asked for.

    `main_address` is that of the mailbox, where the code says that an alias was used (`diagnosis` 67).
    """

    def __init__(self, code: str, back_off: float | None = None, main_address: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.back_off = back_off
        self.main_address = main_address


class UnexpectedAnswerError(Exception):
    """Something else than an answer of Exchange Web Services came back."""

    def __init__(self, facts: AnswerFacts) -> None:
        super().__init__("the answer is not one of Exchange Web Services")
        self.facts = facts


class NotUnderstoodError(Exception):
    """An answer is cut off, or lacks what it must hold; the text says what, and nothing of the answer."""
