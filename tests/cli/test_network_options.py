from pathlib import Path

import click
import pytest

from oncetui.cli.local_zone import local_zone
from oncetui.cli.network_options import detour_of, route_of
from oncetui.model.connection import Detour
from oncetui.model.proxy_address import proxy_address


@pytest.mark.parametrize(
    ("text", "detour"),
    [
        ("mail.contoso.example:443:127.0.0.1:8443", Detour("mail.contoso.example", 443, "127.0.0.1", 8443)),
        ("Mail.Contoso.Example:443:[::1]:8443", Detour("mail.contoso.example", 443, "::1", 8443)),
    ],
)
def test_a_detour_is_written_as_for_curl(text: str, detour: Detour) -> None:
    assert detour_of(text) == detour


@pytest.mark.parametrize(
    "text",
    ["", "host", "a:443:b", "a:443:b:c", "a:443:b:0", "a:443:b:65536", ":443:b:1", "a:1:b:2:c", "a:²:b:1"],
)
def test_what_is_no_detour_gets_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"as in|one is written mail\.contoso\.example:443"):
        detour_of(text)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:3128/", "http://proxy.example:3128"),
        ("https://[::1]:3128", "https://[::1]:3128"),
        ("proxy", "http://proxy"),
        ("Environment", "environment"),
        (" none ", "none"),
    ],
)
def test_a_proxy_may_be_written_without_its_scheme(text: str, proxy: str) -> None:
    assert proxy_address(text) == proxy


@pytest.mark.parametrize(
    "text", ["ftp://proxy", "http://", "proxy:port", "http://proxy/path", "socks5://p:1"]
)
def test_what_is_no_proxy_gets_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"http://proxy\.example:3128"):
        proxy_address(text)


def test_a_password_in_the_proxys_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="--proxy-password-file") as refused:
        proxy_address("http://anna:Winter-2026@proxy:3128")

    assert "Winter" not in str(refused.value)


def test_the_proxys_password_is_the_first_line_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("Winter-2026\nsecond line\n")

    route = route_of((), None, "proxy:3128", "anna", path)

    assert route.proxy_password is not None
    assert route.proxy_password.reveal() == "Winter-2026"
    assert "Winter" not in repr(route)


def test_a_password_file_that_isnt_text_is_told_without_its_content(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(click.BadParameter, match="can't be read"):
        route_of((), None, None, None, path)


def test_the_zone_is_told_by_tz_then_by_the_systems_link_then_by_its_name(tmp_path: Path) -> None:
    zones = tmp_path / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Berlin").touch()
    link, name = tmp_path / "localtime", tmp_path / "timezone"
    link.symlink_to(zones / "Berlin")
    name.write_text("Europe/Paris\n")

    assert local_zone({"TZ": ":Europe/Rome"}, link, name) == "Europe/Rome"
    assert local_zone({"TZ": "nonsense"}, link, name) == "Europe/Berlin"
    assert local_zone({}, tmp_path / "none", name) == "Europe/Paris"
    assert local_zone({}, tmp_path / "none", tmp_path / "none") == "UTC"
