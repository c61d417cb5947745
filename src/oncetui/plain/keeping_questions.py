"""The questions where the password is kept, and by which passphrase."""

from oncetui.plain.console_io import CAUTION, ConsoleIO
from oncetui.setup.keeping import KeepingState, passphrase_chosen, place_chosen
from oncetui.setup.passphrases import ABOUT, checked_passphrase


def ask_place(io: ConsoleIO, keeping: KeepingState) -> KeepingState:
    """Ask where the password is kept; with one place only, say which."""
    io.show()
    for place in keeping.places:
        io.show(f"  {place.kept_in}: {place.label}. {place.protection.sentence}")
    names = {str(place.kept_in): place.kept_in for place in keeping.places}
    if len(names) == 1:
        io.show(f"The password will be kept in {keeping.places[0].label}.")
        return keeping
    while True:
        typed = io.ask(f"Keep the password in ({', '.join(names)}) [{keeping.chosen}]: ").strip().lower()
        if not typed:
            return keeping
        if typed in names:
            return place_chosen(keeping, names[typed])
        io.show(f"  {CAUTION} Please enter one of: {', '.join(names)}")


def with_passphrase(io: ConsoleIO, keeping: KeepingState) -> KeepingState:
    """Ask twice for a passphrase where the chosen place wants one."""
    if not keeping.wants_passphrase:
        return keeping
    io.show(f"Choose a passphrase. {ABOUT}")
    while True:
        chosen = io.ask_secret("Passphrase: ")
        again = io.ask_secret("The same again: ")
        try:
            return passphrase_chosen(keeping, checked_passphrase(chosen, again))
        except ValueError as error:
            io.show(f"  {CAUTION} {error}")
