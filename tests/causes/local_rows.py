"""What goes wrong on this computer: typing, keyring, disk, settings, store, home, lock, booking pages."""

import threading
from collections.abc import Callable
from contextlib import closing

from sqlalchemy import text

from oncetui.connector.holding import held_elsewhere
from oncetui.connector.watching import current_status
from oncetui.credentials.keyring_backends import SystemKeyring
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import FoundCalendar
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup.one_mailbox import refuse_taken
from oncetui.setup.unattended import checked_answers
from oncetui.store.database import Database
from oncetui.store.home import Home, locate_home
from oncetui.store.opening import Store, open_store
from tests.causes.producing import RETRY, USER
from tests.causes.row import Row, Stage, caught
from tests.cli.homes import CommandLine
from tests.credentials.keyrings import ABSENT, LOCKED, hanging
from tests.credentials.sealed import encrypted_file, passphrase_file, told
from tests.fakes.clock import FakeClock
from tests.store.test_database import fill_a_disk_without_room


def _home(stage: Stage) -> Home:
    return locate_home(stage.folder / "home")


def _opened(stage: Stage) -> Store:
    return open_store(_home(stage), "default", FakeClock())


def _typed(email: str = "anna@contoso.example", ews_url: str = "", username: str = "") -> Problem:
    return caught(lambda: checked_answers(email, ews_url, username))


def _keyring(*keyrings: SystemKeyring) -> Problem:
    return caught(KeyringStore("3f2a", "default", keyrings=keyrings, probing_seconds=0.05).probe)


def _hanging_keyring(_: Stage) -> Problem:
    end = threading.Event()
    try:
        return _keyring(hanging(end))
    finally:
        end.set()


def _sealed(spoil: Callable[[Stage], object]) -> Callable[[Stage], Problem]:
    def produce(stage: Stage) -> Problem:
        file = encrypted_file(stage.folder)
        file.save(Secret("hunter2"))
        spoil(stage)
        return caught(file.load)

    return produce


def _opened_with(passphrase: Secret | None) -> Callable[[Stage], Problem]:
    def produce(stage: Stage) -> Problem:
        passphrase_file(stage.folder).save(Secret("hunter2"))
        return caught(passphrase_file(stage.folder, passphrase=told(passphrase)).load)

    return produce


def _full_disk(stage: Stage) -> Problem:
    with closing(_opened(stage)) as store:
        return caught(lambda: fill_a_disk_without_room(store))


def _file_for_a_folder(stage: Stage) -> Problem:
    (stage.folder / "taken").write_text("")
    return caught(locate_home(stage.folder / "taken" / "home").secure)


def _locked_store(stage: Stage) -> Problem:
    def write() -> None:
        with impatient.writing():
            pass

    with (
        closing(_opened(stage)) as store,
        closing(Database(store.database.path, patience=0)) as impatient,
        store.database.writing(),
    ):
        return caught(write)


def _no_store(stage: Stage) -> Problem:
    home = _home(stage)
    home.secure()
    home.files_of("default").store.write_bytes(b"no database at all" * 100)
    return caught(lambda: _opened(stage))


def _settings(content: str) -> Callable[[Stage], Problem]:
    def produce(stage: Stage) -> Problem:
        with closing(_opened(stage)) as store:
            _home(stage).files_of("default").settings.write_text(content)
            problem = caught(store.settings.load)
        assert "line 2" in problem.what
        return problem

    return produce


def _newer_store(stage: Stage) -> Problem:
    with closing(_opened(stage)) as store, store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    return caught(lambda: _opened(stage))


def _home_of_others(stage: Stage) -> Problem:
    _home(stage).secure()
    _home(stage).state.chmod(0o770)
    return caught(_home(stage).secure)


def _home_by_link(stage: Stage) -> Problem:
    (stage.folder / "real").mkdir()
    (stage.folder / "home").symlink_to(stage.folder / "real")
    return caught(_home(stage).secure)


def _lock_held(stage: Stage) -> Problem:
    with closing(_opened(stage)) as store, closing(_opened(stage)) as other:
        held = store.lock.take()
        assert held is not None
        with held:
            assert other.lock.take() is None
            return held_elsewhere(other.commands.heartbeat())


def _warning_of(spoil: Callable[[Profile], object]) -> Callable[[Stage], Problem]:
    def produce(stage: Stage) -> Problem:
        command_line = CommandLine(stage.folder / "home", lambda: ("", ""))
        command_line.connect()
        warnings: list[Problem] = []

        def look(profile: Profile) -> None:
            spoil(profile)
            warnings.extend(current_status(profile).warnings)

        command_line.profile(look)
        return warnings[0]

    return produce


def _without_main(profile: Profile) -> None:
    page = BookingPage("intro", "Intro call", 30, "Europe/Berlin", associated=AssociatedCalendars())
    profile.pages.save(page)


def _main_read_only(profile: Profile) -> None:
    found = FoundCalendar("k1", "Calendar", writable=False, default=True)
    profile.busy.note_calendars([found], profile.connection.load().generation)


def _main_unreadable(profile: Profile) -> None:
    profile.busy.note_unreadable("c1", "It is gone.", profile.connection.load().generation)


def _mailbox_in_use(stage: Stage) -> Problem:
    command_line = CommandLine(stage.folder / "home", lambda: ("", ""))
    command_line.connect("sales")
    problems: list[Problem] = []

    def look(profile: Profile) -> None:
        try:
            refuse_taken(profile, "anna@contoso.example")
        except ProblemError as error:
            problems.append(error.problem)

    command_line.profile(look)
    return problems[0]


LOCAL_ROWS = (
    Row("1", "email-spelling", USER, "an address without @", "Correct", lambda _: _typed("anna")),
    Row(
        "1", "user-name-spelling", USER, "two backslashes", "Correct", lambda _: _typed(username="A\\\\b\\c")
    ),
    Row(
        "2",
        "ews-url-spelling",
        USER,
        "an address for a URL",
        "Correct",
        lambda _: _typed(ews_url="a@b.example"),
    ),
    Row(
        "85",
        "no-main-calendar",
        USER,
        "a page without a main calendar",
        "Choose its",
        _warning_of(_without_main),
    ),
    Row(
        "85",
        "main-calendar-read-only",
        USER,
        "a right taken away",
        "Choose another",
        _warning_of(_main_read_only),
    ),
    Row(
        "69",
        "calendar-unreadable",
        USER,
        "a calendar that is gone",
        "Ask its owner",
        _warning_of(_main_unreadable),
    ),
    Row("88", "keyring-locked", USER, "a locked keyring", "Unlock it", lambda _: _keyring(LOCKED)),
    Row("88", "keyring-absent", USER, "no keyring", "Keep the password", lambda _: _keyring(ABSENT)),
    Row("88", "keyring-absent", USER, "a keyring that hangs", "Keep the password", _hanging_keyring),
    Row(
        "89",
        "secret-unreadable",
        USER,
        "a key that is gone",
        "Reconnect",
        _sealed(lambda stage: (stage.folder / "default.key").unlink()),
    ),
    Row(
        "89",
        "secret-unreadable",
        USER,
        "a changed key",
        "Reconnect",
        _sealed(lambda stage: (stage.folder / "default.key").write_bytes(bytes(32))),
    ),
    Row(
        "89", "passphrase-wrong", USER, "another passphrase", "Start anew", _opened_with(Secret("not these"))
    ),
    Row("89", "passphrase-missing", RETRY, "no passphrase", "Start oncetui", _opened_with(None)),
    Row("90", "folder-not-writable", USER, "a full disk", "Make room", _full_disk),
    Row("90", "folder-not-writable", USER, "a file where a folder is to be", "Make room", _file_for_a_folder),
    Row("90", "store-busy", RETRY, "a store that another keeps locked", "Try again", _locked_store),
    Row("90", "store-unusable", USER, "a file that is no store", "Put a copy", _no_store),
    Row(
        "91",
        "settings-unreadable",
        USER,
        "no TOML",
        "Correct that line",
        _settings("[connection]\nmailbox = \n"),
    ),
    Row("92", "store-newer", USER, "a store of a later form", "Update", _newer_store),
    Row("93", "home-refused", USER, "a folder that others may write to", "chmod", _home_of_others),
    Row("93", "home-refused", USER, "a symbolic link", "Name the folder", _home_by_link),
    Row("94", "connector-running", RETRY, "a lock that another holds", "Watch that one", _lock_held),
    Row("", "mailbox-in-use", USER, "a second profile on the mailbox", "Use that profile", _mailbox_in_use),
)
