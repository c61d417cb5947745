"""What exchangelib alone sees of a mailbox; run as a program of its own, it imports nothing of oncetui.

Standard input: first a line `{"url","email","password"}`, then a line for each look. Each is answered by a
line of JSON: the items of all own calendars that bear a booking's stamp, and the messages of the inbox.
"""

import json
import sys
from typing import Any

from exchangelib import BASIC, DELEGATE, Account, CalendarItem, Configuration, Credentials, ExtendedProperty
from exchangelib.folders import Calendar


class Stamp(ExtendedProperty):  # type: ignore[misc]  # the library has no annotations
    property_set_id = "aa824480-e261-474e-a978-b9bbeee9993c"
    property_name = "Booking"
    property_type = "String"


def account(url: str, email: str, password: str) -> Any:
    # The library would send it in Latin-1; Exchange takes UTF-8.
    credentials = Credentials(email, password.encode().decode("latin-1"))
    configuration = Configuration(service_endpoint=url, credentials=credentials, auth_type=BASIC)
    return Account(email, config=configuration, autodiscover=False, access_type=DELEGATE)


def seen(mailbox: Any) -> dict[str, Any]:
    calendars = [folder for folder in mailbox.root.walk() if isinstance(folder, Calendar)]
    events = [
        {
            "calendar": calendar.name,
            "id": item.id,
            "subject": item.subject,
            "start": item.start.isoformat(),
            "end": item.end.isoformat(),
            "stamp": item.booking_stamp,
            "reminder": item.reminder_minutes_before_start if item.reminder_is_set else None,
            "categories": item.categories or [],
            "attendees": [one.mailbox.email_address for one in item.required_attendees or ()],
        }
        for calendar in calendars
        for item in calendar.all()
        if isinstance(item, CalendarItem) and item.booking_stamp
    ]
    messages = [
        {"kind": type(item).__name__, "subject": item.subject}
        for item in mailbox.inbox.all().order_by("datetime_received")
    ]
    return {"events": events, "inbox": messages}


def main() -> None:
    CalendarItem.register("booking_stamp", Stamp)
    mailbox = account(**json.loads(sys.stdin.readline()))
    for _ in sys.stdin:
        print(json.dumps(seen(mailbox)), flush=True)


if __name__ == "__main__":
    main()
