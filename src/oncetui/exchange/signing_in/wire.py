"""What a sign-in and the adapter that it works on know of each other."""

from typing import Protocol

import requests


class Wire(Protocol):
    """One connection to a server, as a sign-in sees it."""

    @property
    def certificate(self) -> bytes | None:
        """The server's certificate in DER, known from the first answer on."""
        ...

    @property
    def connection_number(self) -> int:
        """Which connection the last request went over, counted from 1."""
        ...

    @property
    def connected(self) -> bool:
        """Whether that connection still stands."""
        ...

    def forward(
        self, request: requests.PreparedRequest, authorization: str | None = None, *, empty: bool = False
    ) -> requests.Response:
        """Send a request with these credentials, without its body where it is to be `empty`."""
        ...


class SigningIn(Protocol):
    """A way to sign requests in; raises `SecretRefusedError` where the server refuses the secret."""

    def send(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        """Send a request signed in."""
        ...
