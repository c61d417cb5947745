"""What the troubleshoot screen opens with from the account step."""

from oncetui.connector.checkup.subject import CheckWishes
from oncetui.setup.account import answers_of
from oncetui.setup.account_state import AccountState
from oncetui.ui.troubleshoot.screen import Trouble


def trouble_of(state: AccountState) -> Trouble:
    """Return the problem that stands, and what was entered to check; never the mailbox's password."""
    answers = answers_of(state)
    return Trouble(
        problem=state.problem,
        mailbox=answers.email,
        wishes=CheckWishes(answers.email, answers.ews_url, answers.username, route=answers.route),
    )
