"""What is printed when the program fails: where, and never with what values.

Textual's own report prints the local variables of each frame, and an exception's text may quote its input;
either could hold a password.
"""

import traceback
from pathlib import PurePath

from oncetui import __version__


def crash_report(error: BaseException) -> str:
    """Return the kinds of the error and of its causes, and the lines they passed, without any value."""
    lines = [f"oncetui {__version__} failed; nothing that was saved is lost."]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines.extend(
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__, limit=-8)
        )
        link = link.__cause__ or link.__context__
    lines.append("Start it again; if it fails again, please report these lines.")
    return "\n".join(lines)


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-3:])
