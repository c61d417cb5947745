"""The terminal that every test of the screens is drawn for, pinned before Textual is imported.

Tests that drive the running program are coroutines; each has an event loop of its own.
"""

import asyncio
import inspect
import os

import pytest

for _name in ("NO_COLOR", "COLORTERM", "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_FILTERS", "TEXTUAL_LOG"):
    os.environ.pop(_name, None)
os.environ["TERM"] = "xterm-256color"
os.environ["TEXTUAL_ANIMATIONS"] = "none"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True
