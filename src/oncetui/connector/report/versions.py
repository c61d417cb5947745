"""What runs here: the program, Python, the system and the libraries that speak to the server."""

import platform
import ssl
from importlib import metadata

from oncetui import __version__

_LIBRARIES = ("exchangelib", "requests", "urllib3", "pyspnego", "cryptography", "truststore", "textual")


def versions() -> tuple[tuple[str, str], ...]:
    """Return names and versions; a library that isn't installed is left out."""
    return (
        ("oncetui", __version__),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("OpenSSL", ssl.OPENSSL_VERSION),
        *((name, version) for name in _LIBRARIES if (version := _version(name)) is not None),
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
