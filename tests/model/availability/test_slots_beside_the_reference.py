"""Random pages, zones, changes of the clock and busy time: the same slots as the slow, obvious way finds."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.model.availability.slots import Days, free_slots
from oncetui.model.availability.taken import held_for, taken_by
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import BusyBlock, Showing
from oncetui.model.pages import MAY_COUNT_AS_FREE, BookingPage
from oncetui.model.working_hours import Hours
from tests.model.availability.reference import Diary, slots_by_hand

# Days around which a clock of some zone is put forward or back; half-hour zones and a half-hour change.
CHANGES = (
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/St_Johns", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Africa/Cairo", date(2026, 10, 29)),
    ("America/Santiago", date(2026, 9, 6)),
    ("Asia/Kolkata", date(2026, 6, 1)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Pacific/Chatham", date(2026, 4, 5)),
    ("Pacific/Kiritimati", date(2026, 1, 1)),
    ("UTC", date(2026, 6, 1)),
)
QUARTER = 15


@st.composite
def day_hours(draw: st.DrawFn) -> Hours:
    quarters = sorted(draw(st.lists(st.integers(0, 96), max_size=6, unique=True)))
    pairs = zip(quarters[::2], quarters[1::2], strict=False)
    return tuple((quarter(start), quarter(end)) for start, end in pairs)


def quarter(number: int) -> time:
    return time(number // 4 % 24, number % 4 * QUARTER)


minutes = st.sampled_from([5, 10, 15, 25, 30, 45, 60, 90])
nearby = st.integers(-36 * 60, 84 * 60)
lengths = st.sampled_from([0, 1, 15, 30, 47, 60, 240, 1500])


@st.composite
def settings_of_a_page(draw: st.DrawFn) -> tuple[BookingPage, date]:
    zone, day = draw(st.sampled_from(CHANGES))
    single = (
        {day + timedelta(days=draw(st.integers(-1, 2))): draw(day_hours())} if draw(st.booleans()) else {}
    )
    page = BookingPage(
        "page",
        "Page",
        draw(minutes),
        zone,
        working_hours=tuple(draw(day_hours() | st.just(((time(0), time(0)),))) for _ in range(7)),
        minimum_notice_minutes=draw(st.sampled_from([0, 60, 600])),
        horizon_days=draw(st.sampled_from([1, 2, 60])),
        buffer_before_minutes=draw(st.sampled_from([0, 5, 20])),
        buffer_after_minutes=draw(st.sampled_from([0, 10, 30])),
        step_minutes=draw(minutes),
        date_hours=tuple(sorted(single.items())),
        limit_per_day=draw(st.none() | st.integers(1, 2)),
        counts_as_free=draw(st.frozensets(st.sampled_from(MAY_COUNT_AS_FREE))),
    )
    return page, day


@st.composite
def worlds(
    draw: st.DrawFn,
) -> tuple[BookingPage, date, tuple[BusyBlock, ...], tuple[Booking, ...], datetime]:
    page, day = draw(settings_of_a_page())
    noon = datetime.combine(day, time(0), UTC)

    def span() -> tuple[datetime, datetime]:
        start = noon + timedelta(minutes=draw(nearby))
        return start, start + timedelta(minutes=draw(lengths))

    blocks = [
        BusyBlock(f"i{number}", *span(), draw(st.sampled_from(Showing)))
        for number in range(draw(st.integers(0, 8)))
    ]
    bookings = []
    for number in range(draw(st.integers(0, 3))):
        start, _ = span()
        end = start + timedelta(minutes=draw(minutes))
        bookings.append(
            Booking(f"b{number}", page.id, BookingStatus.SCHEDULED, start, end, "Ada", "ada@x.example")
        )
    now = noon + timedelta(
        minutes=draw(st.integers(-30 * 60, 12 * 60)), seconds=draw(st.sampled_from([0, 1, 59]))
    )
    return page, day, tuple(sorted(blocks, key=lambda one: one.start)), tuple(bookings), now


@settings(max_examples=40, deadline=None)
@given(world=worlds())
def test_the_slots_are_those_that_the_slow_way_finds(
    world: tuple[BookingPage, date, tuple[BusyBlock, ...], tuple[Booking, ...], datetime],
) -> None:
    page, day, blocks, bookings, now = world
    days = Days(day - timedelta(days=1), day + timedelta(days=1))
    taken = taken_by(page, blocks, held_for(page, [page], bookings))

    found = [(slot.start, slot.end) for slot in free_slots(page, days, taken, now)]

    assert found == slots_by_hand(page, days.first, days.last, Diary(now, blocks, bookings))
