"""Where the log lines of libraries go: nowhere, or redacted to stderr where `ONCETUI_DEBUG` asks for them."""

import logging
import os

from oncetui.exchange.redaction import Redaction

DEBUG = "ONCETUI_DEBUG"


def direct_library_logs() -> None:
    """Take every library's log lines and warnings over, so that none is drawn across a screen.

    The filter sits on the handler: libraries print whole requests, sign-in headers included, when debugged.
    """
    debugged = bool(os.environ.get(DEBUG))
    handler = logging.StreamHandler() if debugged else logging.NullHandler()
    handler.addFilter(Redaction())
    logging.basicConfig(
        handlers=[handler],
        level=logging.DEBUG if debugged else logging.WARNING,
        format="%(asctime)s %(name)s %(message)s",
    )
    logging.captureWarnings(capture=True)
