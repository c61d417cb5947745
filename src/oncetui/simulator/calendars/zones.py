"""Time zones as Exchange names them: by their Windows name, reckoned by the IANA rules behind it."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from oncetui.simulator.calendars.windows_names import IANA_NAMES

_WINDOWS_OF_IANA = {iana.lower(): windows for windows, names in IANA_NAMES.items() for iana in names.split()}
_LOWER = {windows.lower(): windows for windows in IANA_NAMES}


class UnknownZoneError(ValueError):
    """No time zone has this name."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone with the identifier that goes into answers and the rules behind it."""

    windows_id: str
    info: tzinfo
    display_name: str = ""

    @staticmethod
    def utc() -> "Zone":
        """Coordinated universal time."""
        return UTC_ZONE

    @staticmethod
    def of_windows(name: str) -> "Zone":
        """Return the zone with a Windows name (`W. Europe Standard Time`), or raise `UnknownZoneError`."""
        return _of_windows(_LOWER.get(name.strip().lower().replace("tzone://microsoft/utc", "utc"), name))

    @staticmethod
    def of_iana(name: str) -> "Zone":
        """Return the zone with an IANA name such as `Europe/Berlin`, or raise `UnknownZoneError`."""
        windows = _WINDOWS_OF_IANA.get(name.lower())
        if windows is None:
            raise UnknownZoneError(name)
        return _of_windows(windows)


UTC_ZONE = Zone("UTC", UTC, "(UTC) Coordinated Universal Time")


@cache
def _of_windows(name: str) -> Zone:
    if name == "UTC":
        return UTC_ZONE
    if name not in IANA_NAMES:
        raise UnknownZoneError(name)
    iana = IANA_NAMES[name].split()[0]
    return Zone(name, ZoneInfo(iana), iana.rpartition("/")[2].replace("_", " "))


def windows_names() -> tuple[str, ...]:
    """Every Windows name that is known, in order."""
    return tuple(sorted(IANA_NAMES))
