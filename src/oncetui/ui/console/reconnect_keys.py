"""What the keys of the reconnect screen do, and when each makes sense."""

from oncetui.ui.commands import Command
from oncetui.ui.console.reconnect_state import ReconnectState

CONNECT = Command("enter", "connect", "reconnect", "Sign in once with what stands here.")
AGAIN = Command(
    "ctrl+o",
    "send_again",
    "send it again",
    "Send the password that was refused, once more.",
    first=True,
)
MORE = Command("ctrl+e", "more", "address, name", "Change the EWS URL or the user name as well.", first=True)
WAY = Command("ctrl+t", "proxy", "", "Change the proxy, its user name or its password.", first=True)
SHOW = Command("ctrl+r", "show_password", "show", "Show the password, or hide it.", first=True)
BACK = Command("escape", "back", "back", "Cancel the sign-in, or go back; nothing is changed.")


def makes_sense(command: Command, state: ReconnectState) -> bool:
    """Leave out what is on the screen already, or has nothing to act on."""
    possible = {
        CONNECT: state.at_rest,
        AGAIN: state.held_back and state.at_rest,
        MORE: not state.revealed and state.at_rest,
        WAY: state.at_rest,
        SHOW: state.at_rest,
    }
    return possible.get(command, True)
