"""Saving a connection whole or not at all."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.connection import ConnectionSettings
from oncetui.model.ports import Reading, SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.routes import place_of_proxy
from oncetui.model.secret import Secret
from oncetui.model.spelling import host_of
from oncetui.model.state import By, Succeeded, advance
from oncetui.model.way_taken import WayTaken
from oncetui.setup.first_page import first_page
from oncetui.setup.keeping import LABELS


class Saving:
    """Saves one thing after another, and takes all of it back where the block ends in an error.

    The secret comes late and the connection's record last: until then no connector signs in with what is
    half saved. `left` says what of the former connection could not be cleared away.
    """

    def __init__(self, profile: Profile) -> None:
        self.left: tuple[str, ...] = ()
        self._profile = profile
        self._generation = profile.connection.load().generation
        self._before = profile.settings.load()
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._undo.close()

    def calendars(self, found: tuple[FoundCalendar, ...]) -> tuple[Calendar, ...]:
        """Save the list of calendars, and return them by their own ids."""
        busy = self._profile.busy
        if self._before is None:
            self._on_failure(lambda: busy.note_calendars((), self._generation))
        return busy.note_calendars(found, self._generation)

    def pages(self, chosen: Iterable[str], associated: AssociatedCalendars, mailbox: str) -> tuple[str, ...]:
        """Give the chosen pages their calendars, or make a first page; return the names of those pages."""
        store = self._profile.pages
        existing = store.pages()
        if not existing:
            first = replace(first_page(mailbox, self._profile.time_zone), associated=associated)
            self._on_failure(lambda: store.delete(first.id))
            store.save(first)
            return (first.name,)
        given = [page for page in existing if page.id in set(chosen)]
        for page in given:
            self._on_failure(_call(store.associate, page.id, page.associated))
            store.associate(page.id, associated)
        return tuple(page.name for page in given)

    def busy_time(
        self,
        calendars: Iterable[Calendar],
        blocks: Mapping[str, tuple[BusyBlock, ...]],
        window: Window,
        read_at: datetime,
    ) -> None:
        """Save the busy time by calendar key, without a cursor: the connector reads its horizon once more."""
        for calendar in calendars:
            if calendar.key in blocks:
                reading = Reading((window,), blocks[calendar.key], None, read_at)
                self._profile.busy.take_reading(calendar.id, reading, self._generation)

    def secret(self, place: SecretStore, secret: Secret) -> None:
        """Save the secret where it is to be kept."""
        earlier = self._kept_before(place)
        self._on_failure(place.erase if earlier is None else _call(place.save, earlier))
        place.save(secret)

    def settings(self, settings: ConnectionSettings) -> None:
        """Save the settings."""
        store = self._profile.settings
        self._on_failure(store.erase if self._before is None else _call(store.save, self._before))
        store.save(settings)

    def connected(
        self, settings: ConnectionSettings, way: WayTaken, password_expires: datetime | None
    ) -> None:
        """Change the record, from where nothing is taken back; then clear away what is no longer needed."""
        succeeded = Succeeded(self._profile.clock.now(), By.PERSON, settings.secret_version, way)
        self._profile.connection.change(
            lambda record: replace(advance(record, succeeded), password_expires=password_expires),
            f"Connected to {host_of(settings.ews_url)}.",
        )
        self._undo.pop_all()
        if self._before is not None and self._before.kept_in is not settings.kept_in:
            former = self._before.kept_in
            self._clear(
                lambda: self._profile.secret_places.place(former).erase(),
                f"The former password is still in {LABELS[former]}",
            )
        self._forget_former_proxy(settings)
        self._clear(self._profile.drafts.erase, "The wizard's draft is still there")

    def _forget_former_proxy(self, settings: ConnectionSettings) -> None:
        if self._before is None or self._before.route.proxy_user is None:
            return
        before, profile = self._before, self._profile
        if settings.route.proxy_user is None or before.kept_in is not settings.kept_in:
            self._clear(
                lambda: place_of_proxy(profile, before.kept_in).erase(),
                f"The former password of the proxy is still in {LABELS[before.kept_in]}",
            )

    def _clear(self, clear: Callable[[], object], failing: str) -> None:
        try:
            clear()
        except ProblemError as error:
            self.left += (f"{failing}: {error.problem.what}",)

    def _kept_before(self, place: SecretStore) -> Secret | None:
        if self._before is None or self._before.kept_in is not place.kept_in:
            return None
        try:
            return place.load()
        except ProblemError:
            # What can't be read was of no use before, so there is nothing to bring back.
            return None

    def _on_failure(self, undo: Callable[[], object]) -> None:
        def undone() -> None:
            # The cause of the failure is what is told; the other steps are still taken back.
            with contextlib.suppress(ProblemError, KeyError):
                undo()

        self._undo.callback(undone)


def _call(action: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: action(*given)
