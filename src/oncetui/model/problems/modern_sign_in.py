"""Signing in to Microsoft 365 by browser; the causes come with that part."""

from functools import partial

from oncetui.model.problem import Cause, Who

MICROSOFT_365_PART = "Microsoft 365"
_later = partial(Cause, comes_with=MICROSOFT_365_PART)

CONSENT_MISSING = _later(
    code="consent-missing",
    title="The company has to approve this app once",
    who=Who.IT,
    what="The company has not agreed yet that oncetui may read calendars.",
    why="In Microsoft 365 an administrator approves each app once.",
    next="Send your administrator the link for the approval.",
    diagnosis=("56",),
    signal="consent_required or invalid_grant with AADSTS65001, 65004 or 90094",
)
CONDITIONAL_ACCESS = _later(
    code="conditional-access",
    title="A company rule does not let this sign-in through",
    who=Who.IT,
    what="A rule of the company refuses this device, place or app.",
    why="Conditional Access asks for more than this computer has.",
    next="Ask IT which rule refused the sign-in, and name its number.",
    diagnosis=("57",),
    signal="AADSTS53003, 53000, 53001, 53002 or 50097",
)
DEVICE_CODE_BLOCKED = _later(
    code="device-code-blocked",
    title="The company does not allow sign-in by code",
    who=Who.USER,
    what="A rule of the company refuses the sign-in by a code on another device.",
    why="Such codes are blocked against people who ask for them by trickery.",
    next="Sign in by a browser on this computer, or through an SSH tunnel.",
    diagnosis=("58",),
    signal="AADSTS530035, or 53003 in the step of the device code",
)
TOKEN_REVOKED = _later(
    code="token-revoked",
    title="The sign-in has run out",
    who=Who.USER,
    what="Microsoft 365 no longer accepts the kept sign-in of {mailbox}.",
    why="The password was changed, the sign-in was taken back, or it was not used for long.",
    next="Reconnect: press r, or run: oncetui reconnect",
    diagnosis=("59",),
    signal="invalid_grant with AADSTS50173, 50132, 50133, 70008, 700082 or 70043",
)
SECOND_FACTOR_WANTED = _later(
    code="second-factor-wanted",
    title="A second factor is asked for",
    who=Who.USER,
    what="Microsoft 365 asks for a second factor, which only a browser can give.",
    why="The company's rules want it, or it has to be set up first.",
    next="Reconnect and sign in by browser.",
    diagnosis=("60",),
    signal="interaction_required with AADSTS50072, 50074, 50076 or 50079",
)
WRONG_TENANT = _later(
    code="wrong-tenant",
    title="The sign-in went to the wrong company or app",
    who=Who.IT,
    what="Microsoft 365 does not know this app in the company of {mailbox}.",
    why="The client id or the tenant in the settings is not right.",
    next="Ask IT for the client id and the tenant of the app.",
    diagnosis=("61",),
    signal="AADSTS50059, 50128, 700016, 50194, 50105, 500011 or 65002",
)
