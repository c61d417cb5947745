"""Every fault by the name it is played under."""

from collections.abc import Mapping

from oncetui.simulator.faults import (
    answers,
    autodiscover,
    calendars,
    contents,
    network,
    operations,
    pages,
    refusals,
    sign_in,
)
from oncetui.simulator.faults.fault import Fault

_GROUPS: Mapping[str, tuple[type[Fault], ...]] = {
    "Connections and certificates": (
        network.ExpiredCertificate,
        network.FutureCertificate,
        network.SelfSignedCertificate,
        network.WrongNameCertificate,
        network.MissingIntermediate,
        network.UnknownAuthority,
        network.TlsBridge,
        network.OldTls,
        network.ClientCertificate,
        network.PlainHttp,
        network.Silence,
        network.HandshakeReset,
        network.SilentDiscovery,
    ),
    "Web server": (
        answers.Status,
        answers.Unavailable,
        pages.NotFound,
        pages.LoginTimeout,
        pages.LoginPage,
        pages.RedirectToOwa,
        pages.RedirectElsewhere,
        pages.ErrorPage,
        pages.Firewall,
        pages.BadGateway,
        answers.ClockSkew,
    ),
    "Signing in": (
        sign_in.Schemes,
        sign_in.WrongScheme,
        sign_in.BasicOff,
        sign_in.BearerOnly,
        sign_in.ExtendedProtectionMode,
        refusals.Locked,
        refusals.ExpiredPassword,
        pages.Forbidden,
    ),
    "Autodiscover": (
        autodiscover.AutodiscoverRedirect,
        autodiscover.AutodiscoverError,
        autodiscover.MovedToCloud,
    ),
    "Operations": (
        operations.EwsFault,
        operations.ServerBusy,
        operations.MovingMailbox,
        operations.StoreDown,
        operations.StaleSyncState,
        operations.LostSubscription,
        operations.OldSchema,
    ),
    "Answers": (
        answers.Slow,
        answers.Dripping,
        answers.NoAnswer,
        answers.ResetInBody,
        contents.CutXml,
        contents.ForbiddenCharacters,
        contents.IncompleteView,
        contents.CustomTimeZone,
    ),
    "Calendars": (
        calendars.ReadOnlyCalendar,
        calendars.VanishedCalendar,
        calendars.UnexpandedSeries,
    ),
}


def called(kind: type[Fault]) -> tuple[str, str]:
    """Return how a fault is called and what it does, from the first line of its docstring."""
    call, _, meaning = (kind.__doc__ or "").splitlines()[0].partition("`: ")
    return call.removeprefix("`"), meaning.rstrip(".")


KINDS: Mapping[str, type[Fault]] = {
    called(kind)[0].partition(" ")[0]: kind for kinds in _GROUPS.values() for kind in kinds
}


def documented() -> str:
    """Return the table of faults as Markdown."""
    lines = ["| fault and its values | confined by | what happens |", "|---|---|---|"]
    for group, kinds in _GROUPS.items():
        lines.append(f"| **{group}** | | |")
        for kind in kinds:
            call, meaning = called(kind)
            confined = ", ".join((*kind.aims, *(("times",) if kind.counted else ())))
            lines.append(f"| `{call.replace('|', chr(92) + '|')}` | {confined} | {meaning} |")
    return "\n".join(lines) + "\n"
