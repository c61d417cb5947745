"""A real terminal for tests: the program in a pty, its screen read back as a person would see it."""

import contextlib
import os
import signal
import termios
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pexpect
import pyte

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "esc": "\x1b",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
    "ctrl+c": "\x03",
    "ctrl+e": "\x05",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
}


class Terminal:
    """One program in a terminal of `columns` by `rows`.

    A thread reads what the program draws into a screen, so that waiting for a text looks at the whole
    screen, as a person does, and not at the bytes in between.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self._drawn = bytearray()
        self._process: Any = pexpect.spawn(
            command[0],
            list(command[1:]),
            env={**environment, "TERM": "xterm-256color"},
            dimensions=(rows, columns),
            timeout=None,
        )
        self._process.delaybeforesend = None
        self._before = self._line_settings()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        """The screen as lines without trailing blanks."""
        with self._lock:
            return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def drawn(self) -> bytes:
        """Every byte that the program has written so far."""
        with self._lock:
            return bytes(self._drawn)

    def press(self, *keys: str) -> None:
        """Press named keys, or type a text where a name isn't known."""
        for key in keys:
            self._process.send(KEYS.get(key, key))

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """Wait until the text is on the screen, and return the screen; fail with what was there instead."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            screen = self.text
            if text in screen:
                return screen
            time.sleep(0.02)
        raise AssertionError(f"waited {seconds} s for {text!r}; the screen was:\n{self.text}")

    def wait_until_gone(self, text: str, seconds: float = 20) -> None:
        """Wait until the text has left the screen."""
        deadline = time.monotonic() + seconds
        while text in self.text:
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} stayed on the screen:\n{self.text}")
            time.sleep(0.02)

    def hang_up(self) -> None:
        """Close the line, as a lost SSH connection does."""
        self._process.kill(signal.SIGHUP)

    def exit_code(self, seconds: float = 10) -> int:
        """Wait for the program to end, and return its exit code; negative for the signal that ended it."""
        deadline = time.monotonic() + seconds
        while self._process.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"the program did not end; the screen was:\n{self.text}")
            time.sleep(0.02)
        code: int | None = self._process.exitstatus
        return -int(self._process.signalstatus) if code is None else code

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: line settings, main screen, cursor shown, mouse off."""
        drawn = self.drawn
        on_main_screen = drawn.rfind(b"\x1b[?1049l") > drawn.rfind(b"\x1b[?1049h")
        cursor_shown = drawn.rfind(b"\x1b[?25h") > drawn.rfind(b"\x1b[?25l")
        mouse_off = drawn.rfind(b"\x1b[?1000l") >= drawn.rfind(b"\x1b[?1000h")
        return on_main_screen and cursor_shown and mouse_off and self._line_settings() == self._before

    def close(self) -> None:
        """End the program and give the terminal back."""
        self._process.terminate(force=True)
        self._reader.join(timeout=5)
        self._process.close(force=True)

    def _line_settings(self) -> list[Any]:
        # Asked of the master side, Linux answers with the settings of the side that the program sees.
        return termios.tcgetattr(self._process.child_fd)

    def _read(self) -> None:
        while True:
            try:
                some = os.read(self._process.child_fd, 65536)
            except (OSError, ValueError):
                return
            if not some:
                return
            with self._lock:
                self._drawn += some
                self._stream.feed(some)


@contextlib.contextmanager
def terminal(
    command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24
) -> Iterator[Terminal]:
    """Run a program in a terminal while the block lasts."""
    opened = Terminal(command, environment, columns, rows)
    try:
        yield opened
    finally:
        opened.close()
