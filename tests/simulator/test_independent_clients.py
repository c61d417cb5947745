"""Clients that nobody here wrote: curl, with the schemes that it knows."""

import shutil
import subprocess
from pathlib import Path

import pytest

from oncetui.simulator.serve import RunningSimulator
from tests.simulator.wire import BEN, EWS, GET_FOLDER

CURL = shutil.which("curl")


def curl(simulator: RunningSimulator, folder: Path, *options: str) -> str:
    """What curl prints of a request for a folder, its headers included."""
    if CURL is None:
        pytest.skip("curl is not installed")
    request = folder / "request.xml"
    request.write_text(GET_FOLDER)
    routes = [part for route in simulator.ready["connect_to"] for part in ("--connect-to", route)]
    done = subprocess.run(
        [
            CURL,
            *("--silent", "--show-error", "--include", "--max-time", "10", "--noproxy", "*"),
            *("--cacert", simulator.ready["ca_file"], *routes),
            *("--header", "Content-Type: text/xml; charset=utf-8", "--data-binary", f"@{request}"),
            *options,
            EWS,
        ],
        env={"HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--basic", "--user", "dora@tailspin.example:dora's password"),
        ("--ntlm", "--user", ":".join(BEN)),
        ("--basic", "--compressed", "--user", "dora@tailspin.example:dora's password"),
        ("--ntlm", "--header", "Expect: 100-continue", "--user", ":".join(BEN)),
        ("--ntlm", "--header", "Transfer-Encoding: chunked", "--user", ":".join(BEN)),
    ],
    ids=["basic", "ntlm", "compressed", "expecting", "chunked"],
)
def test_curl_signs_in_and_reads_a_folder(
    small: RunningSimulator, tmp_path: Path, options: tuple[str, ...]
) -> None:
    printed = curl(small, tmp_path, *options)
    assert "HTTP/1.1 200" in printed
    assert "<t:DisplayName>Calendar</t:DisplayName>" in printed
    assert len({seen.connection for seen in small.log.all()}) == 1


def test_curl_is_refused_with_a_wrong_password(small: RunningSimulator, tmp_path: Path) -> None:
    printed = curl(small, tmp_path, "--ntlm", "--user", "CONTOSO\\bmeyer:wrong")
    assert printed.count("HTTP/1.1 401") == 2
    assert [seen.sign_in.value for seen in small.log.all()] == ["challenge", "refused"]
