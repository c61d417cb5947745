"""The log of `oncetui run`: one line an event, in logfmt and UTC, naming a connection by its number alone.

What stands in it outlives a Disconnect, so no mailbox, host, user name or page ever does.
"""

import logging
import logging.handlers
import os
import sys
import threading
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from oncetui.model.ports import Clock
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.status import utc_text

if TYPE_CHECKING:
    from oncetui.model.state import ConnectionRecord
    from oncetui.model.status import Status

LARGEST_BYTES = 1_000_000
KEPT_BEFORE = 3
Told = str | int | float | datetime | None


class RunLog:
    """Writes events to standard error, or to a file that is turned over at 1 MB, three older ones kept."""

    def __init__(self, clock: Clock, path: Path | None = None, *, verbose: bool = False) -> None:
        self._clock = clock
        self._verbose = verbose
        self._lock = threading.Lock()
        self._handler = _handler(path)
        self._state: tuple[object, ...] = ()
        self._pages: tuple[int, int] | None = None
        self._warnings: frozenset[str] | None = None

    def event(self, name: str, *, level: str = "info", **told: Told) -> None:
        """Write one line; what is None is left out."""
        fields = {"time": self._clock.now(), "level": level, "event": name, **told}
        line = " ".join(f"{key}={_text(value)}" for key, value in fields.items() if value is not None)
        with self._lock:
            self._handler.emit(logging.makeLogRecord({"msg": line}))

    def record(self, record: "ConnectionRecord", *, checked: bool = False) -> None:
        """Write the state where it or its cause changed; where more is wanted each check as well."""
        code = None if record.problem is None else record.problem.code
        now = (record.generation, record.state, code)
        with self._lock:
            changed, self._state = now != self._state, now
        if changed or (checked and self._verbose):
            self.event(
                "state" if changed else "check",
                level="info" if record.problem is None else "warning",
                connection=record.generation,
                state=str(record.state),
                cause=code,
                tries=record.tries or None,
                next_try=record.next_try,
            )

    def status(self, status: "Status") -> None:
        """Write what a state brings: pages that opened or closed, and warnings that came up."""
        number = status.record.generation
        closed = status.closed_pages
        pages = (len(status.pages) - closed, closed)
        if pages != self._pages:
            self._pages = pages
            level = "warning" if closed else "info"
            self.event("pages", level=level, connection=number, open=pages[0], closed=closed)
        warnings = frozenset(warning.code for warning in status.warnings)
        for code in sorted(warnings - (self._warnings or frozenset())):
            self.event("warning", level="warning", connection=number, cause=code)
        self._warnings = warnings

    def reopen(self) -> None:
        """Open the file anew, for a program that has moved the old one away."""
        with self._lock:
            self._handler.close()

    def close(self) -> None:
        """Close the file; nothing is written after it."""
        with self._lock:
            self._handler.close()


class _PrivateRotatingFile(logging.handlers.RotatingFileHandler):
    """A rotating file that its owner alone may read, and that is opened anew after a `close`."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def close(self) -> None:
        """Close the file without ending the handler."""
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the handler's own name
        """Go on without the line: a full disk must not end a connection."""


class _StandardError(logging.StreamHandler[TextIO]):
    def close(self) -> None:
        """Leave standard error open."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the handler's own name
        """Go on without the line: whoever read it has gone."""


def _handler(path: Path | None) -> logging.Handler:
    if path is None:
        return logging.NullHandler() if sys.stderr is None else _StandardError(sys.stderr)
    try:
        return _PrivateRotatingFile(path, maxBytes=LARGEST_BYTES, backupCount=KEPT_BEFORE)
    except OSError as error:
        raise ProblemError(DISK_FULL.problem(path=path, reason=error.strerror)) from error


def _text(value: Told) -> str:
    text = str(utc_text(value)) if isinstance(value, datetime) else str(value)
    if text and text.isprintable() and not set(text) & set(' "='):
        return text
    quoted = text.replace("\\", "\\\\").replace('"', r"\"")
    return '"' + "".join(sign if sign.isprintable() else "?" for sign in quoted) + '"'
