"""The end of the wizard: reads once what was chosen, then saves all of it or nothing."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.model.calendars import BusyBlock, Calendar, Proof, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings, KeptIn, SyncMode, kept_route
from oncetui.model.password_expiry import expiry_warnings
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile, command_line, run_command
from oncetui.model.routes import place_of_proxy
from oncetui.model.secret import Secret
from oncetui.model.spelling import host_of
from oncetui.setup.calendar_choice import CalendarChoice, by_id
from oncetui.setup.one_mailbox import refuse_taken
from oncetui.setup.saving import Saving
from oncetui.setup.signing_in import SignedIn
from oncetui.setup.summary import Summary

# What booking pages look ahead as a rule; the connector reads the rest of its own horizon afterwards.
READ_BACK = timedelta(days=1)
READ_AHEAD = timedelta(days=62)
PROOF_WITHIN = timedelta(days=7)
GIVE_TO_SYSTEMD = (
    "Nothing keeps the password yet: put it into a file that only you may read, and run: "
    "oncetui service install --credential FILE"
)


@dataclass(frozen=True)
class FirstReading:
    """What was read before anything was saved: busy time by the calendar's key, and one real event.

    `password_expires` is in UTC, None where the server doesn't tell.
    """

    window: Window
    blocks: dict[str, tuple[BusyBlock, ...]]
    proof: Proof | None
    read_at: datetime
    password_expires: datetime | None


def finish(
    signed_in: SignedIn,
    choice: CalendarChoice,
    secret: Secret,
    *,
    keep_in: KeptIn,
    sync_mode: SyncMode,
    profile: Profile,
    cancellation: Cancellation,
    passphrase: Secret | None = None,
) -> Summary:
    """Prove the connection on the chosen calendars, save everything, and tell what came of it.

    It blocks, for a worker thread; a cancellation stops the reading, never the saving. Raises `ProblemError`,
    after which nothing of it is left and what was saved before is back. The gateway stays open for its
    holder to close, but is cut by a cancellation. `passphrase` is a new one to seal the password with.
    """
    mailbox = signed_in.access.mailbox
    refuse_taken(profile, mailbox)
    with cancellation.waking(signed_in.gateway.close):
        read = _read_once(signed_in.gateway, choice, profile.clock.now())
    cancellation.raise_if_cancelled()
    settings = _settings(signed_in, keep_in, sync_mode, _password_command(profile, keep_in))
    if passphrase is not None:
        profile.secret_places.choose_passphrase(passphrase)
    place = profile.secret_places.place(keep_in)
    with Saving(profile) as saving:
        calendars = saving.calendars(choice.found)
        pages = saving.pages(choice.pages, by_id(choice.associated, calendars), mailbox)
        saving.busy_time(calendars, read.blocks, read.window, read.read_at)
        saving.secret(place, secret)
        if signed_in.access.route.proxy_password:
            saving.secret(place_of_proxy(profile, keep_in), signed_in.access.route.proxy_password)
        saving.settings(settings)
        saving.connected(settings, signed_in.gateway.way, read.password_expires)
    main = _main(choice)
    return Summary(
        settings=settings,
        email_refused=signed_in.email_refused,
        protection=place.protection,
        calendars=len(calendars),
        main=None if main is None else main.name,
        pages=pages,
        proof=read.proof,
        time_zone=profile.time_zone,
        settings_path=profile.settings_path,
        console_command=command_line(profile.name, profile.home),
        run_command=run_command(profile.name, profile.home),
        warnings=signed_in.warnings
        + signed_in.gateway.way.warnings(host_of(settings.ews_url))
        + expiry_warnings(mailbox, read.password_expires, read.read_at, profile.time_zone),
        left=saving.left + ((GIVE_TO_SYSTEMD,) if keep_in is KeptIn.SYSTEMD else ()),
    )


def _read_once(gateway: CalendarGateway, choice: CalendarChoice, now: datetime) -> FirstReading:
    window = Window(now - READ_BACK, now + READ_AHEAD)
    wanted = [one for one in choice.calendars if one.id in choice.associated.makes_busy]
    blocks = {one.key: gateway.busy_time(one, window) for one in wanted}
    main, week = _main(choice), Window(now, now + PROOF_WITHIN)
    begins = main is not None and any(week.start <= one.start < week.end for one in blocks.get(main.key, ()))
    proof = gateway.proof(main, week) if main is not None and begins else None
    return FirstReading(window, blocks, proof, now, _password_expires(gateway))


def _password_expires(gateway: CalendarGateway) -> datetime | None:
    try:
        return gateway.password_expires()
    except ProblemError:
        return None  # everything that a connection needs was read: the connector asks again


def _main(choice: CalendarChoice) -> Calendar | None:
    return next((one for one in choice.calendars if one.id == choice.associated.main), None)


def _password_command(profile: Profile, keep_in: KeptIn) -> tuple[str, ...]:
    """Return what this run was told, else what is saved, where a command tells the password."""
    saved = profile.settings.load()
    if keep_in is not KeptIn.COMMAND:
        return ()
    return profile.password_command or (() if saved is None else saved.password_command)


def _settings(
    signed_in: SignedIn, keep_in: KeptIn, sync_mode: SyncMode, password_command: tuple[str, ...]
) -> ConnectionSettings:
    access = signed_in.access
    return ConnectionSettings(
        mailbox=access.mailbox,
        ews_url=access.ews_url,
        sign_in=access.sign_in,
        kept_in=keep_in,
        secret_version=secrets.token_hex(8),
        sync_mode=sync_mode,
        server=access.server,
        route=kept_route(access.route),
        found_by=signed_in.found_by,
        password_command=password_command,
    )
