"""Values for contracts: a few fixed ones, and whole spaces of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import BusyBlock, FoundCalendar, Showing, Window
from oncetui.model.connection import (
    ConnectionSettings,
    KeptIn,
    NetworkRoute,
    Scheme,
    ServerFacts,
    SignIn,
    SyncMode,
    UsernameForm,
)
from oncetui.model.pages import BookingPage
from oncetui.model.ports import Reading
from oncetui.model.problem import Problem, Who
from oncetui.model.state import ConnectionRecord, State
from oncetui.model.way_taken import WayTaken

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Window(NINE - 9 * HOUR, NINE + 15 * HOUR)
CALENDAR = FoundCalendar("key-1", "Calendar", writable=True, default=True)
TEAM = FoundCalendar("key-2", "Team", writable=False, owner="team@contoso.example")
SETTINGS = ConnectionSettings(
    mailbox="anna@contoso.example",
    ews_url="https://mail.contoso.example/EWS/Exchange.asmx",
    sign_in=SignIn("CONTOSO\\anna", UsernameForm.DOMAIN, Scheme.NTLM),
    kept_in=KeptIn.FILE,
    secret_version="v1",
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1))  # noqa: DTZ001  # hypothesis adds the zone
numbers = st.integers(min_value=0, max_value=10_000)

problems = st.builds(
    Problem,
    code=texts,
    title=texts,
    who=st.sampled_from(Who),
    what=texts,
    why=texts,
    next=texts,
    fields=st.lists(texts, max_size=3).map(tuple),
    evidence=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    depends_on=st.none() | texts,
    visible_after=st.floats(min_value=0, max_value=1e6),
)

ways = st.builds(
    WayTaken, certificate=st.none() | texts, clock_minutes=numbers, silent_ipv6=st.none() | texts
)
records = st.builds(
    ConnectionRecord,
    way=ways,
    password_expires=st.none() | moments,
    state=st.sampled_from(State),
    since=moments,
    generation=numbers,
    last_success=st.none() | moments,
    problem=st.none() | problems,
    next_try=st.none() | moments,
    tries=numbers,
    wobble=st.none() | moments,
    secret_version=st.none() | texts,
    refused_version=st.none() | texts,
)

settings_values = st.builds(
    ConnectionSettings,
    mailbox=texts,
    ews_url=texts,
    sign_in=st.builds(SignIn, texts, st.sampled_from(UsernameForm), st.sampled_from(Scheme)),
    kept_in=st.sampled_from(KeptIn),
    secret_version=texts,
    sync_mode=st.sampled_from(SyncMode),
    server=st.builds(ServerFacts, st.none() | texts, st.none() | texts),
    route=st.builds(
        NetworkRoute,
        ca_file=st.none() | words.map(Path),
        proxy=st.none() | words.map("http://{}:3128".format),
        proxy_user=st.none() | texts,
        pins=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    ),
    password_command=st.lists(texts, max_size=3).map(tuple),
    found_by=words,
)

blocks = st.builds(
    lambda item, start, length, showing: BusyBlock(item, start, start + length, showing),
    item=texts,
    start=st.datetimes(
        timezones=st.just(UTC),
        min_value=datetime(2026, 3, 1),  # noqa: DTZ001  # hypothesis adds the zone
        max_value=datetime(2026, 3, 4),  # noqa: DTZ001  # hypothesis adds the zone
    ),
    length=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)),
    showing=st.sampled_from(Showing),
)

calendar_ids = st.integers(min_value=1, max_value=9).map("c{}".format)
associations = st.builds(
    AssociatedCalendars,
    main=st.none() | calendar_ids,
    additional=st.frozensets(calendar_ids),
    busy=st.frozensets(calendar_ids),
)

spans = st.tuples(st.times(), st.times())
pages = st.builds(
    BookingPage,
    id=words,
    name=texts,
    duration_minutes=numbers,
    time_zone=words,
    working_hours=st.tuples(*[st.lists(spans, max_size=2).map(tuple)] * 7),
    minimum_notice_minutes=numbers,
    horizon_days=numbers,
    buffer_before_minutes=numbers,
    buffer_after_minutes=numbers,
    associated=associations,
    step_minutes=numbers,
    date_hours=st.dictionaries(st.dates(), st.lists(spans, max_size=2).map(tuple), max_size=3).map(
        lambda dates: tuple(sorted(dates.items()))
    ),
    location=texts,
    limit_per_day=st.none() | numbers,
    counts_as_free=st.frozensets(st.sampled_from(Showing)),
)


def busy(item: str, start: datetime, hours: float = 1, showing: Showing = Showing.BUSY) -> BusyBlock:
    """Return an event's time."""
    return BusyBlock(item, start, start + hours * HOUR, showing)


def reading(*blocks_read: BusyBlock, windows: tuple[Window, ...] = (DAY,), cursor: str = "cursor") -> Reading:
    """Return a reading of the whole day, unless told otherwise."""
    return Reading(windows, blocks_read, cursor, NINE)
