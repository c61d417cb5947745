"""The settings of one profile, in a TOML file that a person may read and edit."""

import re
import tomllib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from oncetui.model.connection import ConnectionSettings
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SETTINGS_UNREADABLE
from oncetui.model.spelling import mail_domain
from oncetui.store.home import ProfileFiles
from oncetui.store.settings_text import UnreadableSettingError, read, written
from oncetui.store.whole_files import remove_file, replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Item

TABLE = "connection"


class SettingsFile:
    """Keeps the connection in the table `[connection]`, and leaves everything else in the file alone."""

    def __init__(self, files: ProfileFiles) -> None:
        self._files = files
        self._path = files.settings

    def load(self) -> ConnectionSettings | None:
        """Return the saved connection, None without one.

        Raises `ProblemError` with `settings-unreadable` (diagnosis 91), which names line and key.
        """
        text = self._text()
        try:
            lines = tomllib.loads(text).get(TABLE)
            return None if lines is None else read(_checked_table(lines))
        except UnreadableSettingError as error:
            raise self._unreadable(_with_line(text, error)) from error
        except tomllib.TOMLDecodeError as error:
            raise self._unreadable(str(error)) from error

    def save(self, settings: ConnectionSettings) -> None:
        """Replace the connection, and keep whatever else a person wrote."""
        import tomlkit  # noqa: PLC0415  # reading does without it

        lines = written(settings)
        document = self._document()
        table = self._table(document)
        for key, value in lines.items():
            if value is None:
                table.pop(key, None)
            else:
                table[key] = _item(value)
        replace_file(self._path, tomlkit.dumps(document).encode())

    def erase(self) -> None:
        """Remove the connection, and the file where nothing else stands in it."""
        if not self._path.exists():
            return
        import tomlkit  # noqa: PLC0415  # reading does without it

        document = self._document()
        document.pop(TABLE, None)
        rest = tomlkit.dumps(document)
        if rest.strip():
            replace_file(self._path, rest.encode())
        else:
            remove_file(self._path)

    def other_profile_of(self, mailbox: str) -> str | None:
        """Return the name of another profile of this home that is connected to the mailbox.

        A profile whose settings can't be read is passed over: its own commands complain about it.
        """
        home = self._files.home
        for name in home.profiles_with_settings():
            if name != self._files.profile and _mailbox_of(home.files_of(name)) == mailbox.casefold():
                return name
        return None

    def servers_of(self, domain: str) -> tuple[str, ...]:
        """Return scheme and host of the servers that this home's mailboxes in a mail domain are on.

        A profile whose settings can't be read is passed over.
        """
        home, servers = self._files.home, []
        for name in home.profiles_with_settings():
            lines = _connection_of(home.files_of(name))
            mailbox, url = lines.get("mailbox"), lines.get("ews_url")
            if isinstance(mailbox, str) and isinstance(url, str):
                parts = urlsplit(url)
                if parts.scheme == "https" and mail_domain(mailbox).casefold() == domain.casefold():
                    servers.append(f"https://{parts.netloc}")
        return tuple(dict.fromkeys(servers))

    def _text(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise self._unreadable(f"it isn't UTF-8 (byte {error.start})") from error
        except OSError as error:
            raise self._unreadable(error.strerror or "no access") from error

    def _document(self) -> "TOMLDocument":
        import tomlkit  # noqa: PLC0415  # reading does without it
        from tomlkit.exceptions import ParseError  # noqa: PLC0415  # as above

        try:
            return tomlkit.parse(self._text())
        except ParseError as error:
            raise self._unreadable(str(error)) from error

    def _table(self, document: "TOMLDocument") -> dict[str, Any]:
        import tomlkit  # noqa: PLC0415  # reading does without it

        try:
            return _checked_table(document.setdefault(TABLE, tomlkit.table()))
        except UnreadableSettingError as error:
            raise self._unreadable(str(error)) from error

    def _unreadable(self, reason: str) -> ProblemError:
        return ProblemError(SETTINGS_UNREADABLE.problem(path=self._path, reason=reason))


def _checked_table(lines: object) -> dict[str, Any]:
    if not isinstance(lines, dict):
        raise UnreadableSettingError(TABLE, f"is no table; it begins with [{TABLE}]")
    return lines


def _item(value: str | list[str]) -> "Item":
    import tomlkit  # noqa: PLC0415  # reading does without it

    # 'CONTOSO\anna' is easier to read and to edit than "CONTOSO\\anna".
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return tomlkit.string(value, literal=True)
    return tomlkit.item(value)


def _mailbox_of(files: ProfileFiles) -> str | None:
    mailbox = _connection_of(files).get("mailbox")
    return mailbox.casefold() if isinstance(mailbox, str) else None


def _connection_of(files: ProfileFiles) -> dict[str, Any]:
    """Return what a profile's settings say of its connection, nothing where they can't be read."""
    try:
        lines: Any = tomllib.loads(files.settings.read_text(encoding="utf-8")).get(TABLE)
    except (OSError, ValueError):
        return {}
    return lines if isinstance(lines, dict) else {}


def _with_line(text: str, error: UnreadableSettingError) -> str:
    written_at = re.search(rf"^\s*{re.escape(error.key)}\s*=", text, re.MULTILINE)
    if written_at is None:
        return str(error)
    return f"{error} (at line {text.count(chr(10), 0, written_at.end()) + 1})"
