"""The ports between the services and the world: what an adapter must do, and in which words.

No term of Exchange Web Services or of Microsoft Graph crosses a port. Everything that waits takes a
`Cancellation` or is bounded; everything that fails raises `ProblemError` with a problem of the catalogue.
"""

from oncetui.model.ports.bookings import BookingStore, PageStore
from oncetui.model.ports.clock import Clock
from oncetui.model.ports.connection import BusyStore, ConnectionStore, Reading, SignInGuard, StateChange
from oncetui.model.ports.erasing import Erased, Eraser
from oncetui.model.ports.processes import CommandStore, ConnectorLock, Programs, Reports, Request
from oncetui.model.ports.secrets import SecretPlaces, SecretStore
from oncetui.model.ports.server import CalendarGateway, Discovery, Examiner, GatewayOpener, unheard
from oncetui.model.ports.settings import DraftAnswers, DraftStore, OnChangeStore, SettingsStore

__all__ = [
    "BookingStore",
    "BusyStore",
    "CalendarGateway",
    "Clock",
    "CommandStore",
    "ConnectionStore",
    "ConnectorLock",
    "Discovery",
    "DraftAnswers",
    "DraftStore",
    "Erased",
    "Eraser",
    "Examiner",
    "GatewayOpener",
    "OnChangeStore",
    "PageStore",
    "Programs",
    "Reading",
    "Reports",
    "Request",
    "SecretPlaces",
    "SecretStore",
    "SettingsStore",
    "SignInGuard",
    "StateChange",
    "unheard",
]
