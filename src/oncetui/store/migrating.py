"""Brings an older store to the present form; the only module that imports Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import STORE_NEWER


def migrate(connection: Connection, found: str, path: Path) -> None:
    """Bring the tables to the present form inside the connection's exclusive transaction.

    Raises `ProblemError` with `store-newer` (diagnosis 92) where this version doesn't know the found form.
    """
    config = Config()
    config.set_main_option("script_location", "oncetui.store:migrations")
    config.attributes["connection"] = connection
    try:
        ScriptDirectory.from_config(config).get_revision(found)
    except CommandError as error:
        raise ProblemError(STORE_NEWER.problem(path=path, revision=found)) from error
    command.upgrade(config, "head")
