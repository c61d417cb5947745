"""Scenarios in files, and the fixtures for other projects' tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from oncetui.simulator.serve import RunningSimulator, start
from tests.simulator.wire import GET_FOLDER, view

pytest_plugins = ["oncetui.simulator.pytest_plugin"]

FILE = """
windows_domain = "WOODGROVE"
generation = "2016"

[[domains]]
name = "woodgrove.example"

[[mailboxes]]
email = "ida@woodgrove.example"
password = "Regen+bogen 7"
schemes = ["basic"]

[[mailboxes.calendars]]
name = "Team"
permissions = { "jon@woodgrove.example" = "Reviewer" }

[[mailboxes.events]]
subject = "Consultation"
start = 2026-11-23T09:00:00Z
end = "2026-11-23T10:00:00+00:00"
recurrence = { pattern = "weekly", count = 3 }

[[mailboxes]]
email = "jon@woodgrove.example"
password = "Mond&schein 8"

[faults.clock-skew]
seconds = 3600
"""


def post(simulator: RunningSimulator, body: str) -> requests.Response:
    url = f"{simulator.ready['https']}/EWS/Exchange.asmx"
    return requests.post(
        url,
        data=body,
        headers={"Content-Type": "text/xml"},
        auth=("ida@woodgrove.example", "Regen+bogen 7"),
        verify=simulator.ready["ca_file"],
        timeout=10,
    )


def test_a_file_is_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "woodgrove.toml"
    path.write_text(FILE)
    with start(str(path)) as simulator:
        assert simulator.ready["ews_url"] == "https://mail.woodgrove.example/EWS/Exchange.asmx"
        assert [box["username"] for box in simulator.ready["mailboxes"]] == [
            "WOODGROVE\\ida",
            "WOODGROVE\\jon",
        ]
        answer = post(simulator, GET_FOLDER)
        assert 'MajorVersion="15" MinorVersion="1"' in answer.text
        seen = post(simulator, view("2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z")).text
        assert seen.count("<t:Subject>Consultation</t:Subject>") == 3
        assert simulator.faults.clock_skew().total_seconds() == 3600


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("[[domains]]", "[[domains", "line"),
        ('name = "woodgrove.example"', 'nam = "woodgrove.example"', "a domain needs name"),
        ('schemes = ["basic"]', 'schemes = ["digest"]', "schemes is one of basic, ntlm"),
        ('password = "Mond&schein 8"', "", "a mailbox needs password"),
        ("jon@woodgrove.example", "jon@elsewhere.example", "woodgrove.example"),
        ("start = 2026-11-23T09:00:00Z", "start = 2026-11-23T09:00:00", "'start' is a time"),
        ('"Reviewer"', '"King"', "permissions is one of"),
        ('password = "Mond&schein 8"', 'password = "x"\ntime_zone = "Mars"', "such as Europe/Berlin"),
        (
            'password = "Mond&schein 8"',
            'password = "x"\npassword_expires = 2026-12-24',
            "'expires' is a time",
        ),
        ('generation = "2016"', 'generation = "2003"', "2019"),
        ('generation = "2016"', 'weather = "fair"', "a scenario has no weather"),
        ("seconds = 3600", 'seconds = "an hour"', "seconds is a number"),
    ],
)
def test_a_file_that_is_not_right_says_why(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = tmp_path / "woodgrove.toml"
    path.write_text(FILE.replace(before, after))
    with pytest.raises(LookupError, match=says):
        start(path)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="can't be read"):
        start(tmp_path / "nothing.toml")


def test_the_fixtures_give_running_simulators(
    simulated_exchange: RunningSimulator, start_simulated_exchange: Callable[..., RunningSimulator]
) -> None:
    other = start_simulated_exchange(faults={"not-found": {}})
    for simulator, status in ((simulated_exchange, 401), (other, 404)):
        url = f"{simulator.ready['https']}/EWS/Exchange.asmx"
        assert requests.post(url, verify=simulator.ready["ca_file"], timeout=10).status_code == status
