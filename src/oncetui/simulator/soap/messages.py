"""The response messages inside an operation's answer."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.writing import text_of

Thing = TypeVar("Thing")


def success(operation: str, content: str = "") -> str:
    """Return the message for something that went well, around ready content."""
    tag = f"m:{operation}ResponseMessage"
    return f'<{tag} ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{content}</{tag}>'


def error(operation: str, failure: EwsError, content: str = "") -> str:
    """Return the message for something that failed."""
    tag = f"m:{operation}ResponseMessage"
    detail = f"<m:MessageXml>{failure.detail}</m:MessageXml>" if failure.detail else ""
    return f'<{tag} ResponseClass="Error">{_failed(failure)}{detail}{content}</{tag}>'


def warning(operation: str, caution: EwsError, content: str) -> str:
    """Return the message for something that went well, though not as asked."""
    tag = f"m:{operation}ResponseMessage"
    return f'<{tag} ResponseClass="Warning">{_failed(caution)}{content}</{tag}>'


def single_success(operation: str, content: str) -> str:
    """Return the answer of an operation whose answer is itself the message."""
    tag = f"m:{operation}Response"
    return f'<{tag} ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{content}</{tag}>'


def single_error(operation: str, failure: EwsError, content: str = "") -> str:
    """Return the error of an operation whose answer is itself the message."""
    tag = f"m:{operation}Response"
    return f'<{tag} ResponseClass="Error">{_failed(failure)}{content}</{tag}>'


def response_message(failure: EwsError | None = None) -> str:
    """Return the ResponseMessage element of the few operations that have one."""
    if failure is None:
        content = "<m:ResponseCode>NoError</m:ResponseCode>"
        return f'<m:ResponseMessage ResponseClass="Success">{content}</m:ResponseMessage>'
    return f'<m:ResponseMessage ResponseClass="Error">{_failed(failure)}</m:ResponseMessage>'


def response(operation: str, messages: Iterable[str]) -> str:
    """Return the answer's element around its messages."""
    tag = f"m:{operation}Response"
    return f"<{tag}><m:ResponseMessages>{''.join(messages)}</m:ResponseMessages></{tag}>"


def for_each(
    operation: str, things: Iterable[Thing], answer: Callable[[Thing], str], *, on_error: str = ""
) -> str:
    """One message for each thing, what fails for one failing for it alone; `on_error` is content of those."""
    messages = []
    for thing in things:
        try:
            messages.append(success(operation, answer(thing)))
        except EwsError as failure:
            messages.append(error(operation, failure, on_error))
    return response(operation, messages)


def _failed(failure: EwsError) -> str:
    return (
        f"<m:MessageText>{text_of(failure.text)}</m:MessageText>"
        f"<m:ResponseCode>{failure.code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
    )
