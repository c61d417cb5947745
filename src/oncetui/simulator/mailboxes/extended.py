"""The names and values of extended (MAPI) properties."""

from dataclasses import dataclass

ExtendedValue = str | tuple[str, ...]

PROPERTY_SETS = {
    "Meeting": "6ed8da90-450b-101b-98da-00aa003f1305",
    "Appointment": "00062002-0000-0000-c000-000000000046",
    "Common": "00062008-0000-0000-c000-000000000046",
    "PublicStrings": "00020329-0000-0000-c000-000000000046",
    "Address": "00062004-0000-0000-c000-000000000046",
    "InternetHeaders": "00020386-0000-0000-c000-000000000046",
    "CalendarAssistant": "11000e07-b51b-40d6-af21-caa85edab1d0",
    "UnifiedMessaging": "4442858e-a9e3-4e80-b900-317a210cc15b",
    "Task": "00062003-0000-0000-c000-000000000046",
    "Sharing": "00062040-0000-0000-c000-000000000046",
}


@dataclass(frozen=True, slots=True)
class ExtendedName:
    """What names an extended property, independent of how a request spells it.

    `set_guid` is lower case; `key` is a name, a dispatch id, or the tag of a property without a set.
    Named properties are told apart without regard to case, as the store does for its own sets.
    """

    set_guid: str | None
    key: str | int
    type: str
