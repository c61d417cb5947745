"""Which booking page a command line means."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from oncetui.model.pages import BookingPage
    from oncetui.model.profile import Profile


def named_page(profile: "Profile", name: str) -> "BookingPage":
    """Return the page with this link name or unique name; raise a usage error where it is neither."""
    known = profile.pages.pages()
    by_link = [page for page in known if page.id == name]
    found = by_link or [page for page in known if page.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if not known:
        raise click.UsageError("There are no booking pages; to make one, run: oncetui pages create NAME")
    listed = ", ".join(page.id for page in found or known)
    if found:
        raise click.UsageError(f"Several pages are named “{name}”; use a link name: {listed}.")
    raise click.UsageError(f"There is no booking page “{name}”; there are: {listed}.")
