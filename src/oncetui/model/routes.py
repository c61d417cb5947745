"""The way to the server as it holds for one run: what was told, what is saved, the proxy's password."""

from dataclasses import replace

from oncetui.model.connection import ConnectionSettings, KeptIn, NetworkRoute, SecretOf, combined_route
from oncetui.model.ports import SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED, PROXY_PASSWORD_UNREADABLE
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret


def route_to_server(
    profile: Profile, settings: ConnectionSettings | None, told: NetworkRoute | None = None
) -> NetworkRoute:
    """Return the way to the server: `told` goes before what this run was told, and that before what is saved.

    A proxy's password that it refused is not handed out again, typed anew or not. Raises `ProblemError` for
    it, and for one that can't be read; it may take as long as the place of the password does.
    """
    route = profile.route if told is None else combined_route(told, profile.route)
    if settings is None:
        return route
    route = combined_route(route, settings.route)
    by_saved_user = (route.proxy, route.proxy_user) == (settings.route.proxy, settings.route.proxy_user)
    refused = profile.connection.load().problem
    if refused is not None and refused.code != PROXY_PASSWORD_REFUSED.code:
        refused = None
    if route.proxy_user is None or not by_saved_user:
        return route
    if route.proxy_password is not None and (refused is None or not route.proxy_password):
        return route
    kept = _kept_password(profile, settings)
    if refused is not None and route.proxy_password in (None, kept):
        raise ProblemError(refused)
    return replace(route, proxy_password=route.proxy_password or kept)


def _kept_password(profile: Profile, settings: ConnectionSettings) -> Secret:
    try:
        return place_of_proxy(profile, settings.kept_in).load()
    except ProblemError as error:
        if error.problem.code != SECRET_UNREADABLE.code:
            raise
        problem = PROXY_PASSWORD_UNREADABLE.problem(
            proxy=settings.route.proxy, proxy_user=settings.route.proxy_user, reason=error.problem.why
        )
        raise ProblemError(problem) from error


def place_of_proxy(profile: Profile, kept_in: KeptIn) -> SecretStore:
    """Return where the proxy's password is kept: where the mailbox's is, unless that one is only read."""
    place = KeptIn.FILE if kept_in.filled_elsewhere else kept_in
    return profile.secret_places.place(place, SecretOf.PROXY)
