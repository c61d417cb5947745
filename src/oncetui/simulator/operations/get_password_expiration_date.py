"""GetPasswordExpirationDate: until when the caller's password is good."""

from oncetui.simulator.call import Call
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error, single_success
from oncetui.simulator.soap.writing import moment

_NEVER = "9999-12-31T23:59:59Z"


def answer(call: Call) -> str:
    """Return the moment, in the year 9999 for a password that doesn't expire."""
    named = reading.child(call.operation, "MailboxSmtpAddress")
    mailbox = call.caller if named is None else call.exchange.mailbox(reading.content(named))
    if mailbox is None:
        failure = EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
        return single_error("GetPasswordExpirationDate", failure, _date(_NEVER))
    expires = mailbox.password_expires
    return single_success("GetPasswordExpirationDate", _date(_NEVER if expires is None else moment(expires)))


def _date(text: str) -> str:
    return f"<m:PasswordExpirationDate>{text}</m:PasswordExpirationDate>"
