"""Lines in and out: the one thing that line-by-line set-up knows of the terminal."""

import getpass
import sys
from typing import Protocol, TextIO

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.secret import Secret

GOOD, CAUTION, FAILED = "✓", "!", "✗"
_ASCII = str.maketrans({"✓": "+", "✗": "x", "→": ">", "·": "-", "“": '"', "”": '"', "…": "..."})


class ConsoleIO(Protocol):
    """Shows lines and asks for lines; leaving raises `CancelledByUserError`."""

    def show(self, line: str = "") -> None:
        """Write one line."""
        ...

    def ask(self, prompt: str) -> str:
        """Ask for one line, and return it without its newline."""
        ...

    def ask_secret(self, prompt: str) -> Secret:
        """Ask for a secret that isn't shown as it is typed."""
        ...


class StandardIO:
    """Standard input and output; a terminal does not echo secrets, a pipe gives one a line."""

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._target = target or sys.stdout

    def show(self, line: str = "") -> None:
        """Write one line, without what could steer the terminal."""
        print(self._writable(line), file=self._target, flush=True)

    def ask(self, prompt: str) -> str:
        """Ask for one line; end of input and ctrl+c leave."""
        print(self._writable(prompt), end="", file=self._target, flush=True)
        return self._line()

    def ask_secret(self, prompt: str) -> Secret:
        """Ask for a secret; without a terminal it is the next line. Raises `CancelledByUserError`."""
        if not self._source.isatty():
            return Secret(self.ask(prompt))
        try:
            return Secret(getpass.getpass(self._writable(prompt), stream=self._target))
        except (EOFError, KeyboardInterrupt):
            raise CancelledByUserError from None

    def _line(self) -> str:
        try:
            line = self._source.readline()
        except KeyboardInterrupt:
            raise CancelledByUserError from None
        if not line:
            self.show()
            raise CancelledByUserError
        return line.rstrip("\r\n")

    def _writable(self, text: str) -> str:
        encoding = self._target.encoding or "ascii"
        if encoding.lower().replace("-", "") != "utf8":
            text = text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
        return "".join(sign if sign.isprintable() else "?" for sign in text)
