"""A profile put together from fakes."""

from oncetui.model.connection import STRAIGHT, NetworkRoute
from oncetui.model.ports import Clock, Discovery, Examiner, GatewayOpener, SecretPlaces
from oncetui.model.profile import Profile
from oncetui.model.tracing import RequestTrace
from oncetui.store.opening import Store
from tests.fakes.examiner import FakeExaminer
from tests.fakes.stores import InMemoryStore, NotedPrograms


def faked_profile(
    store: InMemoryStore | Store,
    clock: Clock,
    discovery: Discovery,
    opener: GatewayOpener,
    secret_places: SecretPlaces,
    *,
    route: NetworkRoute = STRAIGHT,
    examiner: Examiner | None = None,
) -> Profile:
    """Return the profile `default`, whose times are shown in Berlin."""
    return Profile(
        name="default",
        installation="here",
        clock=clock,
        discovery=discovery,
        opener=opener,
        examiner=examiner if examiner is not None else FakeExaminer(discovery),
        trace=RequestTrace(),
        reports=store.reports,
        settings=store.settings,
        drafts=store.drafts,
        connection=store.connection,
        busy=store.busy,
        pages=store.pages,
        bookings=store.bookings,
        eraser=store.eraser,
        commands=store.commands,
        lock=store.lock,
        guard=store.guard,
        secret_places=secret_places,
        route=route,
        time_zone="Europe/Berlin",
        settings_path="~/.config/oncetui/default.toml",
        on_change=store.on_change,
        programs=store.programs if isinstance(store, InMemoryStore) else NotedPrograms(),
    )
