"""The edge of the adapter: what comes out of a block is a problem, or a cancellation."""

import contextlib
import http.client
import traceback
from collections.abc import Iterator

import urllib3
from spnego.exceptions import SpnegoError

from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.faults.classifying import chain_of, problem_of
from oncetui.exchange.signing_in.kerberos import KerberosError
from oncetui.exchange.signing_in.latch import SecretRefusedError
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.model.cancellation import CancelledByUserError

TROUBLE: tuple[type[Exception], ...] = (
    OSError,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    SpnegoError,
    SecretRefusedError,
    KerberosError,
    ResponseCodeError,
    UnexpectedAnswerError,
    NotUnderstoodError,
)


@contextlib.contextmanager
def told_as_problem(at: Circumstances, lifeline: Lifeline) -> Iterator[None]:
    """Raise `ProblemError` for trouble inside the block, `CancelledByUserError` after an abort."""
    try:
        yield
    except TROUBLE as error:
        _forget_locals(error)
        if lifeline.aborted:
            raise CancelledByUserError from None
        raise problem_of(error, at) from error


def _forget_locals(error: BaseException) -> None:
    # The frames of the libraries below hold the headers as they were sent, and crash reports print locals.
    for link in chain_of(error):
        traceback.clear_frames(link.__traceback__)
