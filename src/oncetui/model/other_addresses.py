"""A mailbox that the server knows by another address than the one that was entered: told, and no trouble."""

from oncetui.model.problem import Problem
from oncetui.model.problems.autodiscover import FILED_ELSEWHERE
from oncetui.model.problems.exchange import ALIAS_CORRECTED


def told_of_address(entered: str, address: str) -> tuple[Problem, ...]:
    """Return the warning that an alias was corrected to the main address (`diagnosis` 67), if it was."""
    if address.lower() == entered.lower():
        return ()
    return (ALIAS_CORRECTED.problem(mailbox=entered, address=address),)


def told_of_filing(entered: str, filed_under: str) -> tuple[Problem, ...]:
    """Return the warning that Autodiscover files the mailbox elsewhere (`diagnosis` 11), if it does."""
    if filed_under.lower() in ("", entered.lower()):
        return ()
    return (FILED_ELSEWHERE.problem(mailbox=entered, address=filed_under),)
