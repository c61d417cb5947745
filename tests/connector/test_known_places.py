"""A place that answered before and is gone restores itself; a name form that worked is not the cause."""

import pytest

from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.proxies import PROXY_UNREACHABLE
from oncetui.model.problems.sign_in import USER_NAME_FORM
from oncetui.model.state import State
from tests.connector.world import World, trouble


@pytest.mark.parametrize(
    ("cause", "code"), [(HOST_NOT_FOUND, "host-gone"), (PROXY_UNREACHABLE, "proxy-gone")]
)
def test_a_vpn_that_goes_down_interrupts_and_its_return_opens_the_pages(cause: Cause, code: str) -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(cause)
    world.opener.unreachable = trouble(cause)
    lost = world.run_for(90)
    assert lost.state is State.INTERRUPTED
    assert lost.problem is not None
    assert lost.problem.code == code
    assert world.open_pages == set()

    world.mailbox.trouble = world.opener.unreachable = None

    assert world.run_for(60).state is State.CONNECTED
    assert world.open_pages == {"one", "two"}


def test_a_kept_password_refused_in_the_form_that_worked_was_changed() -> None:
    world = World().connected().faulted(NO_ANSWER)
    refused = ProblemError(USER_NAME_FORM.problem(username="anna@contoso.example"), secret_refused=True)
    world.mailbox.trouble = refused

    record = world.run_for(10)

    assert record.state is State.FAILED_USER
    assert record.problem is not None
    assert record.problem.code == "password-changed"
    assert not record.may_sign_in
