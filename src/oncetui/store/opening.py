"""Opens the store of one profile; importing this module imports SQLAlchemy."""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select

from oncetui.model.ports import Clock
from oncetui.model.state import ConnectionRecord, State
from oncetui.store.booking_pages import BookingPages
from oncetui.store.bookings import Bookings
from oncetui.store.busy_times import BusyTimes
from oncetui.store.commands import Commands
from oncetui.store.connection_records import ConnectionRecords, keep_record
from oncetui.store.connector_lock import ConnectorLockFile
from oncetui.store.database import Database
from oncetui.store.draft_file import DraftFile
from oncetui.store.erasing import Erasing
from oncetui.store.home import Home
from oncetui.store.on_change_files import OnChangeFiles
from oncetui.store.report_files import ReportFiles
from oncetui.store.schema import REVISION, alembic_version, metadata
from oncetui.store.settings_file import SettingsFile
from oncetui.store.sign_in_memory import SignInMemory


@dataclass(frozen=True)
class Store:
    """What is kept of one profile, a port an attribute."""

    database: Database
    settings: SettingsFile
    drafts: DraftFile
    connection: ConnectionRecords
    busy: BusyTimes
    pages: BookingPages
    bookings: Bookings
    eraser: Erasing
    commands: Commands
    lock: ConnectorLockFile
    reports: ReportFiles
    guard: SignInMemory
    on_change: OnChangeFiles

    def close(self) -> None:
        """Close the files that this process holds open."""
        self.database.close()


def open_store(home: Home, profile: str, clock: Clock) -> Store:
    """Open a profile's store, made where there is none, brought to the present form where it is older.

    Raises `ProblemError` for a home that isn't safe, a store of a newer version, and a file that can't be
    written; ValueError for a name that can't be a profile's.
    """
    files = home.files_of(profile)
    home.secure()
    database = Database(files.store)
    try:
        _bring_to_present_form(database, clock)
    except BaseException:
        database.close()
        raise
    return Store(
        database=database,
        settings=SettingsFile(files),
        drafts=DraftFile(files.draft),
        connection=ConnectionRecords(database),
        busy=BusyTimes(database),
        pages=BookingPages(database),
        bookings=Bookings(database),
        eraser=Erasing(database),
        commands=Commands(database, clock),
        lock=ConnectorLockFile(files.lock),
        reports=ReportFiles(files),
        guard=SignInMemory(database, ConnectorLockFile(files.turn)),
        on_change=OnChangeFiles(files),
    )


def _bring_to_present_form(database: Database, clock: Clock) -> None:
    with database.reading() as connection:
        found = _form_of(connection)
    if found == REVISION:
        return
    with database.writing() as connection:
        # Another process may have been quicker.
        found = _form_of(connection)
        if found is None:
            _create(connection, clock)
        elif found != REVISION:
            from oncetui.store.migrating import migrate  # noqa: PLC0415  # Alembic is slow to import

            migrate(connection, found, database.path)


def _form_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table(alembic_version.name):
        return None
    return connection.scalar(select(alembic_version.c.version_num))


def _create(connection: Connection, clock: Clock) -> None:
    metadata.create_all(connection)
    connection.execute(alembic_version.insert().values(version_num=REVISION))
    keep_record(connection, ConnectionRecord(State.NOT_CONNECTED, since=clock.now()))
