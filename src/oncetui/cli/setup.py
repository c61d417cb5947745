"""`oncetui setup`: the wizard on screens, line by line, or without a question."""

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.input import password_from_stdin, require_terminal
from oncetui.cli.interrupting import cancelled_by_signals
from oncetui.cli.network_options import pins_told
from oncetui.cli.outcome import GOOD, exit_code_for
from oncetui.cli.printing import print_object, print_text
from oncetui.cli.unlocking import choose_passphrase
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import STRAIGHT, KeptIn, SyncMode
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret

if TYPE_CHECKING:
    # `--help` imports this module for one line of it; the wizard's parts are imported by those who run it.
    from oncetui.model.ports import DraftAnswers
    from oncetui.setup.summary import Summary

NO_TERMINAL = (
    "setup needs a terminal. Without one run: oncetui setup --yes --email EMAIL --password-stdin, "
    "or oncetui setup --plain"
)


@dataclass(frozen=True)
class SetupOptions:
    """What the command line said; nothing of it has been looked at yet but the form of the pins."""

    answers: "DraftAnswers"
    password_stdin: bool
    trusted: tuple[str, ...]
    pins: tuple[str, ...]
    sync_mode: SyncMode | None
    send_again: bool

    def secret(self) -> Secret:
        """Return the password of standard input, an empty one where it isn't to be read from there."""
        return password_from_stdin() if self.password_stdin else Secret("")


@click.command()
@click.option("--plain", is_flag=True, help="Ask line by line instead of on screens.")
@click.option("--email", default="", metavar="EMAIL", help="The mailbox's address.")
@click.option("--password-stdin", is_flag=True, help="Take the password from the first line of stdin.")
@click.option("--ews-url", default="", metavar="URL", help="The server; mail.contoso.example is enough.")
@click.option(
    "--username", default="", metavar="NAME", help=r"Domain\UserName, where the email isn't accepted."
)
@click.option(
    "--keep-password",
    type=click.Choice([str(place) for place in KeptIn]),
    default=None,
    help="Where the password is kept: the keyring where one answers, else the encrypted file; or where it "
    "comes from.",
)
@click.option(
    "--password-command",
    metavar="COMMAND",
    help="With --keep-password command: what prints the password, as in 'pass show exchange'; run without "
    "a shell.",
)
@click.option(
    "--trust-host",
    multiple=True,
    metavar="HOST",
    help="Send the password to this host, though it is outside the mail domain.",
)
@click.option(
    "--pin",
    multiple=True,
    metavar="SHA256",
    callback=pins_told,
    help="Trust exactly this certificate of a server, whoever signed it; may be given for each server.",
)
@click.option(
    "--sync",
    type=click.Choice([str(mode) for mode in SyncMode]),
    default=None,
    help="How changes become known.",
)
@click.option("--send-again", is_flag=True, help="With --yes: send a password that was refused before.")
@click.option("--yes", is_flag=True, help="Never ask: take the usual choices, or fail with what is missing.")
@click.option("--json", "as_json", is_flag=True, help="Never ask, and print the status object.")
@click.pass_obj
def setup(
    composition: Composition,
    *,
    plain: bool,
    email: str,
    password_stdin: bool,
    ews_url: str,
    username: str,
    keep_password: str | None,
    password_command: str | None,
    trust_host: tuple[str, ...],
    pin: tuple[str, ...],
    sync: str | None,
    send_again: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Connect a mailbox: the wizard.

    It looks for the server, signs in once and saves what worked. With --yes it never asks.
    """
    from oncetui.model.ports import DraftAnswers

    keep_password = _note_place(composition, keep_password, password_command)
    options = SetupOptions(
        answers=DraftAnswers(email, ews_url, username, keep_password or ""),
        password_stdin=password_stdin,
        trusted=trust_host,
        pins=pin,
        sync_mode=None if sync is None else SyncMode(sync),
        send_again=send_again,
    )
    if plain and (yes or as_json):
        raise click.UsageError("--plain asks line by line, --yes and --json never ask: give one of them.")
    if yes or as_json:
        return _without_asking(composition, options, as_json=as_json)
    if plain:
        return _line_by_line(composition, options)
    return _on_screens(composition, options)


def _note_place(composition: Composition, keep_in: str | None, command: str | None) -> str | None:
    """Take over where the password comes from, and return the place; a command names its place by itself."""
    if command is not None:
        if keep_in not in (None, str(KeptIn.COMMAND)):
            raise click.UsageError("--password-command goes with --keep-password command.")
        composition.password_command = _words(command)
        keep_in = str(KeptIn.COMMAND)
    composition.keep_in = None if keep_in is None else KeptIn(keep_in)
    return keep_in


def _words(command: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(command))
    except ValueError:
        words = ()
    if not words:
        raise click.UsageError(
            f"“{command}” is no command; give it as one word, as in: --password-command 'pass show exchange'"
        )
    return words


def _without_asking(composition: Composition, options: SetupOptions, *, as_json: bool) -> int:
    from oncetui.connector.watching import current_status
    from oncetui.plain.summary_text import summary_lines

    profile = composition.profile
    try:
        choose_passphrase(composition, options.answers.email)
        with cancelled_by_signals(cancellation := Cancellation()):
            summary = _connect(composition, options, cancellation, tell_waits=not as_json)
    except ProblemError as error:
        if as_json:
            print_object(current_status(profile).as_json() | {"problem": error.problem.as_json()})
            return exit_code_for(error.problem)
        return _told_failure(error.problem)
    if as_json:
        print_object(current_status(profile).as_json())
    else:
        print_text("\n".join(summary_lines(summary)))
    return GOOD


def _connect(
    composition: Composition, options: SetupOptions, cancellation: Cancellation, *, tell_waits: bool
) -> "Summary":
    from oncetui.setup.unattended import Wishes, checked_answers, connect

    def tell(sentence: str) -> None:
        if tell_waits:
            print_text(sentence, to_person=True)

    said = options.answers
    answers = checked_answers(
        said.email, said.ews_url, said.username, trusted=options.trusted, pins=options.pins
    )
    wishes = Wishes(
        KeptIn(said.keep_in) if said.keep_in else None, options.sync_mode, again=options.send_again
    )
    return connect(
        answers,
        options.secret(),
        wishes,
        profile=composition.profile,
        cancellation=cancellation,
        told=tell,
    )


def _line_by_line(composition: Composition, options: SetupOptions) -> int:
    from oncetui.plain.console_io import StandardIO
    from oncetui.plain.given import Given
    from oncetui.plain.wizard import set_up
    from oncetui.setup.unattended import told_elsewhere

    try:
        secret = options.secret() or told_elsewhere(composition.profile, composition.keep_in)
    except ProblemError as error:
        if composition.keep_in is not KeptIn.SYSTEMD:
            return _told_failure(error.problem)
        secret = Secret("")  # it is typed once, to be proved; the service gets it from systemd
    given = Given(
        answers=options.answers,
        secret=secret,
        consented=frozenset(host.strip().lower() for host in options.trusted),
        pins=options.pins,
        sync_mode=options.sync_mode or SyncMode.REAL_TIME,
    )
    try:
        with cancelled_by_signals(cancellation := Cancellation()):
            set_up(composition.profile, StandardIO(), given, cancellation)
    except ProblemError as error:
        return _told_failure(error.problem)
    return GOOD


def _on_screens(composition: Composition, options: SetupOptions) -> int:
    require_terminal(NO_TERMINAL)
    if options.password_stdin or options.trusted or options.pins or options.sync_mode is not None:
        raise click.UsageError("--password-stdin, --trust-host, --pin and --sync go with --yes or --plain.")
    _fill_draft(composition, options.answers)
    from oncetui.cli.screen import show_screen  # Textual is for screens alone

    return show_screen(composition, start_in="setup")


def _fill_draft(composition: Composition, answers: "DraftAnswers") -> None:
    """Let the wizard open with what the options said, as if it had been typed there."""
    said = {name: value for name, value in vars(answers).items() if value not in ("", STRAIGHT)}
    if said:
        drafts = composition.profile.drafts
        drafts.save(replace(drafts.load(), **said))


def _told_failure(problem: Problem) -> int:
    from oncetui.plain.problem_text import problem_lines

    print_text("\n".join(problem_lines(problem)), to_person=True)
    return exit_code_for(problem)
