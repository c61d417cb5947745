"""Writes docs/problems.md from the catalogue and from the table of what is produced: `make problems`."""

from collections.abc import Iterator
from pathlib import Path

from oncetui.model.problem import Cause, Who
from oncetui.model.problems import PHASES, causes
from tests.causes.table import ROWS

PAGE = Path(__file__).parents[2] / "docs/problems.md"
WHO = {Who.RETRY: "nobody: temporary", Who.USER: "you", Who.IT: "your IT support"}
NOT_PRODUCED = {
    "inside-address": "wants a name server that leads to private addresses; classified in tests of its own",
    "names-unavailable": "wants the system's name server to fail; classified in tests of its own",
    "web-site-answers": "told as a step of the search, where tests of the search produce it",
    "other-place-refuses": "told as a step of the search, where tests of the search produce it",
    "filed-elsewhere": "a warning: produced in the tests of the search and of `oncetui check`",
    "no-server-found": "produced in the tests of the search, which wait for silent hosts",
    "windows-sign-in": "a success: shown in the summary of the wizard and in `status`",
    "basic-sign-in": "a success: shown in the summary of the wizard and in `status`",
    "old-ntlm-wanted": "looks like a wrong password from here, so that nothing tells it apart",
    "kerberos-missing": "an installation without the extra is played; see the tests of Kerberos",
    "kerberos-no-ticket": "produced in the tests of Kerberos, with a domain controller of Debian's",
    "kerberos-unreachable": "produced in the tests of Kerberos, with a domain controller of Debian's",
    "kerberos-service-unknown": "produced in the tests of Kerberos, with a domain controller of Debian's",
    "kerberos-refused": "produced in the tests of Kerberos, with a domain controller of Debian's",
    "kerberos-clock": "the library's number for it is played; see the tests of Kerberos",
    "mailbox-alias": "a warning: produced in the tests of opening a mailbox",
}
INTRODUCTION = """\
# What goes wrong, and what oncetui says

Every failure has one cause, told in the same words by the wizard, the console, `check`, `report` and
`status`: what happened, why, whose turn it is, and one next step. What isn't known is told as `unknown` with
its evidence, and never guessed at. This page is written from the program's own words by `make problems`, and
a test keeps it current.

## What it means for the booking pages

| whose turn | the connection | the booking pages |
|---|---|---|
| nobody: temporary | interrupted, tried again by itself after any wait that the server asks for | closed |
| you | failed until you reconnect; a refused password is never sent again | closed |
| your IT support | failed; asked now and then, without a password first | closed |
| a warning | works | open |

Pages close at once, and open again by themselves when the connection works again; an alarm for a temporary
problem waits for the seconds that are shown. A problem of one calendar closes only the pages that use it.
While something is set up for the first time nothing is saved and no page closes.
"""


def written() -> str:
    """Return the page as Markdown."""
    return "\n".join([INTRODUCTION, "## Causes", "", *_causes(), *_produced(), *_missing()]) + "\n"


def _causes() -> Iterator[str]:
    for phase in PHASES:
        yield f"### {(phase.__doc__ or '').splitlines()[0].rstrip('.')}"
        yield ""
        yield "| code | title | how it shows | who | next step | diagnosis |"
        yield "|---|---|---|---|---|---|"
        for cause in vars(phase).values():
            if isinstance(cause, Cause):
                yield _of(cause)
        yield ""


def _of(cause: Cause) -> str:
    numbers = ", ".join(cause.diagnosis)
    return _row(f"`{cause.code}`", cause.title, cause.signal, _who(cause), cause.next, numbers)


def _who(cause: Cause) -> str:
    told = "a warning" if cause.works else WHO[cause.who]
    waits = f"; alarm after {cause.visible_after:g} s" if cause.visible_after else ""
    comes = f"; comes with {cause.comes_with}" if cause.comes_with else ""
    return told + waits + comes


def _produced() -> Iterator[str]:
    yield "## Produced for real"
    yield ""
    yield f"{len(ROWS)} failures are produced over real sockets, on a real disk and in a real home by the"
    yield "tests in `tests/causes`; the cause, whose turn it is and the next step are checked."
    yield ""
    yield "| diagnosis | what is done | what is told |"
    yield "|---|---|---|"
    for row in ROWS:
        yield _row(row.diagnosis, row.done, f"`{row.code}`")
    yield ""


def _missing() -> Iterator[str]:
    produced = {row.code for row in ROWS}
    yield "## Not produced there"
    yield ""
    yield "| code | why |"
    yield "|---|---|"
    for cause in causes():
        if cause.code in produced:
            continue
        reason = f"comes with {cause.comes_with}" if cause.comes_with else NOT_PRODUCED.get(cause.code)
        yield _row(f"`{cause.code}`", reason or "produced in tests of its own part")


def _row(*cells: str) -> str:
    return (
        "| " + " | ".join(cell.replace("|", "\\|").replace("{", "").replace("}", "") for cell in cells) + " |"
    )


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
