"""The IANA name of the zone that this computer shows times in."""

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOCAL_TIME = Path("/etc/localtime")
ZONE_NAME = Path("/etc/timezone")


def local_zone(
    environment: Mapping[str, str] = os.environ,
    local_time: Path = LOCAL_TIME,
    zone_name: Path = ZONE_NAME,
) -> str:
    """Return the zone of `TZ`, of the system's link to its zone file, or of its name file; else UTC."""
    linked = str(local_time.resolve()).partition("zoneinfo/")[2] if local_time.is_symlink() else ""
    for name in (environment.get("TZ", "").removeprefix(":"), linked, _written(zone_name)):
        if name and _is_known(name):
            return name
    return "UTC"


def _written(zone_name: Path) -> str:
    try:
        return zone_name.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
