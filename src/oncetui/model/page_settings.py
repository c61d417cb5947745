"""The settings of a booking page as text: how each is shown, and how what was typed is taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from oncetui.model.calendars import Showing
from oncetui.model.event_spelling import (
    body_given,
    body_text,
    category_given,
    subject_given,
    yes_given,
    yes_text,
)
from oncetui.model.hours_spelling import DATES_EXAMPLE, WEEK_EXAMPLE, dates_given, week_given
from oncetui.model.pages import (
    LONGEST_HORIZON_DAYS,
    LONGEST_LOCATION,
    LONGEST_MINUTES,
    MAY_COUNT_AS_FREE,
    SHORTEST_MINUTES,
    BookingPage,
    checked_duration,
    checked_name,
    checked_zone,
)
from oncetui.model.working_hours import dates_text, week_text

LONGEST_REMINDER_MINUTES = 14 * 24 * 60
LONGEST_NOTICE_MINUTES = LONGEST_HORIZON_DAYS * 24 * 60
NONE = "none"
_UNITS = {"": 1, "m": 1, "min": 1, "minutes": 1, "h": 60, "hours": 60, "hour": 60, "d": 1440, "day": 1440}
_UNITS |= {"days": 1440, "minute": 1}
_SPAN = re.compile(r"([0-9]{1,6})\s*([a-z]*)")


@dataclass(frozen=True)
class PageSetting:
    """One setting: its name in `BookingPage`, its label, what it means, and the two ways through text.

    `taken` raises ValueError with one sentence for a person where the text can't stand.
    """

    name: str
    label: str
    meaning: str
    shown: Callable[[BookingPage], str]
    taken: Callable[[BookingPage, str], BookingPage]


def changed(page: BookingPage, name: str, text: str) -> BookingPage:
    """Return the page with one setting as it was typed; raise ValueError with one sentence otherwise."""
    return SETTINGS[name].taken(page, text)


def _minutes(text: str, least: int, most: int, sentence: str) -> int:
    match = _SPAN.fullmatch(text.strip().casefold())
    unit = None if match is None else _UNITS.get(match[2])
    if match is None or unit is None or not least <= int(match[1]) * unit <= most:
        raise ValueError(sentence)
    return int(match[1]) * unit


def _count(text: str, least: int, most: int, sentence: str) -> int:
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{1,6}", digits) or not least <= int(digits) <= most:
        raise ValueError(sentence)
    return int(digits)


def _with_duration(page: BookingPage, text: str) -> BookingPage:
    sentence = "A booking lasts between 5 and 1440 minutes, such as 30."
    minutes = _minutes(text, SHORTEST_MINUTES, LONGEST_MINUTES, sentence)
    return replace(page, duration_minutes=checked_duration(minutes))


def _with_step(page: BookingPage, text: str) -> BookingPage:
    sentence = "Bookings begin every 5 to 1440 minutes, such as 30."
    return replace(page, step_minutes=_minutes(text, SHORTEST_MINUTES, LONGEST_MINUTES, sentence))


def _with_notice(page: BookingPage, text: str) -> BookingPage:
    sentence = "The minimum notice is a time between 0 minutes and 365 days, such as 240, 4 h or 2 days."
    return replace(page, minimum_notice_minutes=_minutes(text, 0, LONGEST_NOTICE_MINUTES, sentence))


def _with_horizon(page: BookingPage, text: str) -> BookingPage:
    days = _count(text, 1, LONGEST_HORIZON_DAYS, "The horizon is between 1 and 365 days, such as 60.")
    return replace(page, horizon_days=days)


def _buffer(text: str) -> int:
    return _minutes(text, 0, LONGEST_MINUTES, "A buffer lasts between 0 and 1440 minutes, such as 15.")


def _with_location(page: BookingPage, text: str) -> BookingPage:
    location = text.strip()
    if len(location) > LONGEST_LOCATION or not (location.isprintable() or not location):
        raise ValueError("The location is one line of at most 255 characters, such as Room 4, 2nd floor.")
    return replace(page, location=location)


def _with_limit(page: BookingPage, text: str) -> BookingPage:
    if text.strip().casefold() in ("", NONE):
        return replace(page, limit_per_day=None)
    limit = _count(text, 1, 999, "The limit per day is a number from 1 to 999, such as 4, or none.")
    return replace(page, limit_per_day=limit)


def _with_counts_as_free(page: BookingPage, text: str) -> BookingPage:
    if text.strip().casefold() in ("", NONE):
        return replace(page, counts_as_free=frozenset())
    names = [name.strip() for name in text.split(",") if name.strip()]
    by_name = {showing.casefold(): showing for showing in MAY_COUNT_AS_FREE} | {
        "elsewhere": Showing.ELSEWHERE
    }
    unknown = next((name for name in names if name.casefold() not in by_name), None)
    if unknown is not None:
        raise ValueError(f"“{unknown}” can't count as free; choose of: Tentative, Away, Working elsewhere.")
    return replace(page, counts_as_free=frozenset(by_name[name.casefold()] for name in names))


def _with_texts(page: BookingPage, **chosen: object) -> BookingPage:
    return replace(page, event_texts=replace(page.event_texts, **chosen))  # type: ignore[arg-type]  # its fields


def _with_reminder(page: BookingPage, text: str) -> BookingPage:
    if text.strip().casefold() in ("", NONE):
        return _with_texts(page, reminder_minutes=None)
    sentence = "The reminder is a time between 0 minutes and 14 days before the start, such as 15, or none."
    return _with_texts(page, reminder_minutes=_minutes(text, 0, LONGEST_REMINDER_MINUTES, sentence))


def _reminder_text(page: BookingPage) -> str:
    minutes = page.event_texts.reminder_minutes
    return NONE if minutes is None else minutes_text(minutes)


def counts_as_free_text(page: BookingPage) -> str:
    """Return what a page takes for free besides Free itself, `none` without any."""
    return ", ".join(showing for showing in MAY_COUNT_AS_FREE if showing in page.counts_as_free) or NONE


SETTINGS: dict[str, PageSetting] = {
    setting.name: setting
    for setting in (
        PageSetting(
            "name",
            "Name",
            "What customers read, such as 30 minutes with Anna.",
            lambda page: page.name,
            lambda page, text: replace(page, name=checked_name(text)),
        ),
        PageSetting(
            "duration_minutes",
            "Duration",
            "Minutes that a booking lasts, from 5 to 1440.",
            lambda page: str(page.duration_minutes),
            _with_duration,
        ),
        PageSetting(
            "step_minutes",
            "Slot step",
            "Minutes from one possible start to the next, counted from the start of working hours.",
            lambda page: str(page.step_minutes),
            _with_step,
        ),
        PageSetting(
            "time_zone",
            "Time zone",
            "Where its working hours are meant, such as Europe/Berlin.",
            lambda page: page.time_zone,
            lambda page, text: replace(page, time_zone=checked_zone(text.strip())),
        ),
        PageSetting(
            "working_hours",
            "Working hours",
            f"The week, as in {WEEK_EXAMPLE}; days that aren't named are closed.",
            lambda page: week_text(page.working_hours),
            lambda page, text: replace(page, working_hours=week_given(text)),
        ),
        PageSetting(
            "date_hours",
            "Single dates",
            f"Dates that differ from the week, as in {DATES_EXAMPLE}.",
            lambda page: dates_text(page.date_hours),
            lambda page, text: replace(page, date_hours=dates_given(text)),
        ),
        PageSetting(
            "minimum_notice_minutes",
            "Minimum notice",
            "How long before its start a booking must be made: minutes, or as in 4 h and 2 days.",
            lambda page: minutes_text(page.minimum_notice_minutes),
            _with_notice,
        ),
        PageSetting(
            "horizon_days",
            "Horizon",
            "Days ahead that can be booked, from 1 to 365.",
            lambda page: str(page.horizon_days),
            _with_horizon,
        ),
        PageSetting(
            "buffer_before_minutes",
            "Buffer before",
            "Minutes that are kept free before a booking.",
            lambda page: str(page.buffer_before_minutes),
            lambda page, text: replace(page, buffer_before_minutes=_buffer(text)),
        ),
        PageSetting(
            "buffer_after_minutes",
            "Buffer after",
            "Minutes that are kept free after a booking.",
            lambda page: str(page.buffer_after_minutes),
            lambda page, text: replace(page, buffer_after_minutes=_buffer(text)),
        ),
        PageSetting(
            "limit_per_day",
            "Limit per day",
            "Bookings that one day takes at most; none sets no limit.",
            lambda page: NONE if page.limit_per_day is None else str(page.limit_per_day),
            _with_limit,
        ),
        PageSetting(
            "counts_as_free",
            "Counts as free",
            "Of Tentative, Away and Working elsewhere those that can be booked all the same, or none.",
            counts_as_free_text,
            _with_counts_as_free,
        ),
        PageSetting(
            "location",
            "Location",
            "Where to meet, such as Room 4 or a link; may stay empty.",
            lambda page: page.location,
            _with_location,
        ),
        PageSetting(
            "subject",
            "Event subject",
            "Of its calendar events; {page}, {customer}, {email}, {start}, {end} and {id} are filled in.",
            lambda page: page.event_texts.subject,
            lambda page, text: _with_texts(page, subject=subject_given(text)),
        ),
        PageSetting(
            "body",
            "Event text",
            r"The text of its calendar events, with the same words in braces; \n begins a new line.",
            lambda page: body_text(page.event_texts.body),
            lambda page, text: _with_texts(page, body=body_given(text)),
        ),
        PageSetting(
            "reminder",
            "Reminder",
            "How long before the start Outlook reminds its owner: minutes, or as in 1 h; none doesn't.",
            _reminder_text,
            _with_reminder,
        ),
        PageSetting(
            "category",
            "Category",
            "The Outlook category of its calendar events, or none.",
            lambda page: page.event_texts.category or NONE,
            lambda page, text: _with_texts(page, category=category_given(text, NONE)),
        ),
        PageSetting(
            "invite",
            "Invite customer",
            "yes: Exchange sends invitation, changes and cancellation; no: Exchange tells nobody.",
            lambda page: yes_text(page.event_texts.invite_customer),
            lambda page, text: _with_texts(page, invite_customer=yes_given(text)),
        ),
        PageSetting(
            "follows_calendar",
            "Follow calendar",
            "yes: a booking moves and ends with its event in Outlook. no: a person settles each such change.",
            lambda page: yes_text(page.follows_calendar),
            lambda page, text: replace(page, follows_calendar=yes_given(text)),
        ),
    )
}
"""Every setting that a person types, in the order of the screen."""


def minutes_text(minutes: int) -> str:
    """Return a span in the coarsest unit that tells it exactly, as in `90 min`, `4 h` or `2 days`."""
    if minutes and minutes % 1440 == 0:
        days = minutes // 1440
        return "1 day" if days == 1 else f"{days} days"
    return f"{minutes // 60} h" if minutes and minutes % 60 == 0 else f"{minutes} min"
