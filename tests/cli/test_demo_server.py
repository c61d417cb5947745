import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.cli.demo_server import demo_mailboxes, demo_route
from oncetui.model.connection import KeptIn
from oncetui.simulator.serve import start
from tests.e2e.server import Server


def test_the_actions_break_and_mend_a_real_simulated_server() -> None:
    with start() as simulator:
        server = Server(simulator.ready)
        demo = demo_mailboxes(simulator.ready)
        told = {action.label: action.run() for action in demo.actions}
        anna = simulator.exchange.mailbox("anna@contoso.example")

        assert anna is not None
        assert anna.password == demo.mailboxes[0].password + "-2"
        assert told["Password of anna@contoso.example: change it"].endswith(f"is {anna.password} now.")
        assert told["Server: gone"] == "The server is gone."
        assert server.call("GET", "/mailboxes")

        back = next(action for action in demo.actions if action.label == "Server: back")
        assert back.run() == "The server is back."


def test_each_mailbox_says_what_has_to_be_typed_besides_email_and_password() -> None:
    ready = {
        "control": "http://127.0.0.1:1",
        "token": "t",
        "mailboxes": [
            {
                "email": "a@x.example",
                "password": "p",
                "username": "X\\a",
                "ews_url": "https://x.example/EWS/Exchange.asmx",
                "needs": [],
            },
            {
                "email": "b@x.example",
                "password": "p",
                "username": "X\\b",
                "ews_url": "https://y.example/EWS/Exchange.asmx",
                "needs": ["ews_url", "username"],
            },
        ],
    }

    mailboxes = demo_mailboxes(ready).mailboxes

    assert [mailbox.needs for mailbox in mailboxes] == [
        (),
        (("EWS URL", "y.example"), ("Domain\\UserName", "X\\b")),
    ]


def test_the_route_leads_to_the_simulated_server_and_trusts_it() -> None:
    route = demo_route({"ca_file": "/tmp/ca.pem", "connect_to": ["mail.contoso.example:443:127.0.0.1:8443"]})

    assert str(route.ca_file) == "/tmp/ca.pem"
    assert [detour.to_port for detour in route.detours] == [8443]


KILLED = """
import sys, time
from pathlib import Path
from oncetui.cli.demo import gone_on_a_signal

with gone_on_a_signal([Path(sys.argv[1])]):
    print("ready", flush=True)
    time.sleep(30)
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_hang_up_takes_the_throw_away_home_with_it(tmp_path: Path, number: signal.Signals) -> None:
    home = tmp_path / "home"
    (home / "state").mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", KILLED, str(home)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(number)
        assert process.wait(20) == -number
    assert not home.exists()


def test_the_demo_looks_for_no_keyring(tmp_path: Path) -> None:
    composition = Composition(GlobalOptions(home=tmp_path / "home", keyring=False))
    try:
        usable = composition.profile.secret_places.usable()
    finally:
        composition.close()

    assert [place.kept_in for place in usable] == [KeptIn.FILE, KeptIn.PASSPHRASE]
