"""Faults inside the answers of EWS: XML that is none, views with gaps, time zones that nobody knows."""

import re
from dataclasses import dataclass, replace
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.web.messages import HttpAnswer

_VIEW = re.compile(rb"<((?:\w+:)?CalendarView)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_LIMIT = re.compile(rb"\s+MaxEntriesReturned\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ZONE = re.compile(rb"<t:(StartTimeZone|EndTimeZone|MeetingTimeZone)\b[^>]*?(/?)>")
_ZONE_NAME = re.compile(rb"<t:TimeZone>[^<]*</t:TimeZone>")
_SUBJECT = re.compile(rb"(<t:(?:Subject|DisplayName)>)")
_CUSTOM = b"tzone://Microsoft/Custom"


@dataclass(frozen=True)
class CutXml(Fault):
    """`cut-xml {"after"?: BYTES}`: the answer's XML ends in the middle, by default half-way."""

    after: int | None
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default half of it is left."""
        return cls(values.whole_or_none("after", example=100))

    def changed_answer(self, _occasion: Occasion, answer: HttpAnswer, /) -> HttpAnswer:
        """Return what is left."""
        after = len(answer.body) // 2 if self.after is None else self.after
        return replace(answer, body=answer.body[:after])


class ForbiddenCharacters(Fault):
    """`forbidden-characters {}`: subjects and folder names begin with characters that XML 1.0 forbids."""

    aims = ("host", "mailbox", "operation")

    def changed_answer(self, _occasion: Occasion, answer: HttpAnswer, /) -> HttpAnswer | None:
        """Return the answer with references to such characters, as Exchange writes them."""
        body, count = _SUBJECT.subn(rb"\1&#x1F;&#xB;", answer.body)
        return replace(answer, body=body) if count else None


@dataclass(frozen=True)
class IncompleteView(Fault):
    """`incomplete-view {"most"?: 1}`: a calendar view gives so many items and says that there are more."""

    most: int
    aims = ("host", "mailbox")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default one item."""
        return cls(values.whole("most", 1, least=1, most=1000))

    def changed_request(self, occasion: Occasion, /) -> bytes | None:
        """Return the request with a lower limit."""
        if occasion.operation != "FindItem":
            return None
        limit = b' MaxEntriesReturned="%d"' % self.most

        def limited(view: re.Match[bytes]) -> bytes:
            return b"<" + view[1] + _LIMIT.sub(b"", view[2]).rstrip() + limit + view[3] + b">"

        body, count = _VIEW.subn(limited, occasion.request.body)
        return body if count else None


class CustomTimeZone(Fault):
    """`custom-time-zone {}`: items name the time zone tzone://Microsoft/Custom, which no table has."""

    aims = ("host", "mailbox", "operation")

    def changed_answer(self, _occasion: Occasion, answer: HttpAnswer, /) -> HttpAnswer | None:
        """Return the answer with its zones renamed; definitions that a client asked for stay."""
        body, zones = _ZONE.subn(
            lambda zone: b'<t:%s Id="%s" Name="%s"%s>' % (zone[1], _CUSTOM, _CUSTOM, zone[2]), answer.body
        )
        body, names = _ZONE_NAME.subn(b"<t:TimeZone>%s</t:TimeZone>" % _CUSTOM, body)
        return replace(answer, body=body) if zones or names else None
