"""What the keys of the account step do, and when each makes sense."""

from oncetui.setup.account_state import AccountState
from oncetui.ui.commands import Command

CONNECT = Command("enter", "connect", "connect", "Connect, or go to what is still missing.")
ADDRESS = Command("ctrl+e", "address", "I know my server", "Enter the EWS URL yourself.", first=True)
USER_NAME = Command("ctrl+n", "user_name", "", r"Enter Domain\UserName yourself.", first=True)
DETAILS = Command("ctrl+d", "details", "details", "Show everything that is known so far.", first=True)
IN_THE_WAY = Command(
    "ctrl+t", "in_the_way", "decide", "Decide about the certificate or the proxy.", first=True
)
TROUBLESHOOT = Command(
    "ctrl+y", "troubleshoot", "text for IT", "Say what is wrong, check, and write to IT.", first=True
)
SHOW = Command("ctrl+r", "show_password", "", "Show the password, or hide it again.", first=True)
OFFER = Command("ctrl+o", "offer", "", "Take over the corrected spelling.", first=True, in_palette=False)
BACK = Command("escape", "back", "quit", "Stop what is running; otherwise quit.", in_palette=False)


def makes_sense(command: Command, state: AccountState) -> bool:
    """Leave out what is on the screen already, or has nothing to act on."""
    at_rest = state.signing_in is None
    possible = {
        CONNECT: at_rest,
        ADDRESS: state.ews_url is None and at_rest,
        USER_NAME: state.username is None and at_rest,
        DETAILS: state.problem is not None or (state.search is not None and state.search.finished),
        IN_THE_WAY: state.in_the_way and at_rest,
        TROUBLESHOOT: state.problem is not None and at_rest,
        OFFER: any(field.offer for field in state.fields),
    }
    return possible.get(command, True)
