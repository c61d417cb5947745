"""exchangelib itself, without any layer of ours, against the simulator."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import exchangelib
import exchangelib.protocol
import pytest
from exchangelib import BASIC, NTLM
from exchangelib.errors import UnauthorizedError

from oncetui.simulator.serve import RunningSimulator
from tests.simulator.routed import RoutedAdapter

library: Any = exchangelib  # untyped


@pytest.fixture
def routed(simulator: RunningSimulator) -> Iterator[RunningSimulator]:
    """exchangelib's own hook for transports, pointed at the simulator for one test."""

    class Adapter(RoutedAdapter):
        def __init__(self, **keywords: Any) -> None:
            super().__init__(simulator.ready, **keywords)

    base = library.protocol.BaseProtocol
    before, base.HTTP_ADAPTER_CLS = base.HTTP_ADAPTER_CLS, Adapter
    yield simulator
    library.protocol.close_connections()
    library.protocol.Protocol.clear_cache()
    base.HTTP_ADAPTER_CLS = before


def mailbox(simulator: RunningSimulator, scheme: str) -> dict[str, Any]:
    """The first mailbox of the scenario that takes this scheme."""
    accepts = {box.email for box in simulator.exchange.mailboxes.values() if scheme in box.schemes}
    return next(box for box in simulator.ready["mailboxes"] if box["email"] in accepts)


def account(box: dict[str, Any], auth_type: str | None, password: str | None = None) -> Any:
    configuration = library.Configuration(
        service_endpoint=box["ews_url"],
        credentials=library.Credentials(box["username"], password or box["password"]),
        auth_type=auth_type,
        retry_policy=library.FailFast(),
    )
    return library.Account(
        box["email"],
        config=configuration,
        autodiscover=False,
        access_type=library.DELEGATE,
        default_timezone=library.UTC,
    )


@pytest.mark.parametrize(("scheme", "auth_type"), [("basic", BASIC), ("ntlm", NTLM)])
def test_exchangelib_signs_in_and_reads_the_calendar(
    routed: RunningSimulator, scheme: str, auth_type: str
) -> None:
    assert account(mailbox(routed, scheme), auth_type).calendar.total_count > 0


def test_exchangelib_finds_the_scheme_and_the_version_by_itself(routed: RunningSimulator) -> None:
    found = account(mailbox(routed, "ntlm"), None)
    assert found.protocol.auth_type in {NTLM, BASIC}
    assert found.version.build.major_version == 15


@pytest.mark.parametrize(("scheme", "auth_type"), [("basic", BASIC), ("ntlm", NTLM)])
def test_exchangelib_is_refused_with_a_wrong_password(
    routed: RunningSimulator, scheme: str, auth_type: str
) -> None:
    routed.log.clear()
    with pytest.raises(UnauthorizedError):
        account(mailbox(routed, scheme), auth_type, password="wrong").protocol.version  # noqa: B018 - asks the server
    assert [seen.sign_in.value for seen in routed.log.all()].count("refused") == 1


@pytest.mark.parametrize("email", ["anna@contoso.example", "dora@tailspin.example"])
def test_exchangelib_discovers_the_server_directly_and_by_redirect(
    small: RunningSimulator, tmp_path: Path, email: str
) -> None:
    ready_file = tmp_path / "ready.json"
    ready_file.write_text(json.dumps(small.ready))
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulator.discovering", str(ready_file), email],
        env={"TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "ews_url": "https://mail.contoso.example/EWS/Exchange.asmx",
        "email": email,
    }
