"""Adding the calendar of somebody else, while the calendars step is open."""

from oncetui.model.cancellation import Cancellation
from oncetui.model.sharing import shared_by, spelt_address
from oncetui.setup.calendar_choice import CalendarChoice, calendars_added
from oncetui.setup.signing_in import SignedIn


def add_shared(
    signed_in: SignedIn, choice: CalendarChoice, address: str, cancellation: Cancellation
) -> CalendarChoice:
    """Read the calendar that the owner of an address shares, and add it to the list; it blocks.

    Raises `ProblemError` where the address can't be right or its calendar can't be read; the choice then
    stays as it was. A cancellation cuts the gateway.
    """
    spelt = spelt_address(address)
    with cancellation.waking(signed_in.gateway.close):
        listed = shared_by(signed_in.gateway, spelt)
    return calendars_added(choice, listed)
