"""What the screens are given; nothing in `ui` reaches for anything else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from oncetui.ui.appearance import Appearance

if TYPE_CHECKING:
    # The ports are many modules, and the first paint needs none of them.
    from oncetui.model.profile import Profile

StartIn = Literal["setup", "console"]


@dataclass(frozen=True)
class DemoMailbox:
    """A mailbox of the simulated server to try.

    `needs` names the fields besides email and password, each with what to type there. The password is made
    up for the demo and shown on the screen, so it is no secret.
    """

    email: str
    password: str
    needs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DemoAction:
    """Something that breaks or mends the simulated server.

    `run` returns the sentence that confirms it; it may take a second, so the screen's thread never calls it.
    """

    label: str
    help: str
    run: Callable[[], str]


@dataclass(frozen=True)
class DemoMailboxes:
    """What the demo shows on the wizard's first screen and offers in the command palette."""

    mailboxes: tuple[DemoMailbox, ...]
    actions: tuple[DemoAction, ...] = ()


@dataclass(frozen=True)
class UiServices:
    """One profile with its services, and how to begin.

    `warm_up` imports what the first search and sign-in need; it runs in a thread once the screen is painted.
    """

    profile: "Profile"
    start_in: StartIn
    demo: DemoMailboxes | None = None
    no_mouse: bool = False
    warm_up: Callable[[], object] | None = None
    appearance: Appearance = field(default_factory=Appearance.of_terminal)


@dataclass(frozen=True)
class Opening:
    """What the screens are given while nothing is opened yet.

    `open` is called in a thread once the first line is painted, since it opens files and imports what they
    need; what it raises ends the app, which keeps it in `opening_failed`.
    """

    open: Callable[[], UiServices]
    appearance: Appearance = field(default_factory=Appearance.of_terminal)
