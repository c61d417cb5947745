"""What the keys of the console do."""

from oncetui.ui.commands import Command

CONNECT = Command("r", "reconnect", "connect", "Connect a mailbox: opens the wizard.")
RECONNECT = Command("r", "reconnect", "reconnect", "Reconnect: enter the password, or try at once.")
DISCONNECT = Command("d", "disconnect", "disconnect", "Disconnect; first it says what that erases.")
CALENDARS = Command("c", "calendars", "calendars", "Choose the calendars of each booking page.")
PAGES = Command(
    "p", "pages", "pages", "See and edit the booking pages, and why their times are free or busy."
)
NEW_PAGE = Command("n", "new_page", "", "Make a booking page.")
CHECK = Command("f", "check", "check", "Check the calendar now.")
TROUBLESHOOT = Command("t", "troubleshoot", "trouble", "Say what is wrong, check, and write to IT.")
LEAVE = Command("q", "leave", "quit", "Quit the console.")
ACTIVITY = Command("a", "activity", "activity", "See the bookings; cancel, move and settle them.")
BOOK = Command("b", "book", "", "Take a time on a booking page for a customer.")
EVENTS = Command("e", "free_events", "", "List the events of the coming fortnight that don't block.")
SYNC = Command("s", "sync", "", "Choose Real-time or Auto-sync, and see which is in effect and why.")
