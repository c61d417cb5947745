"""Which causes stand for which row of the catalogue of diagnoses, each row exactly as it is meant."""

from collections import defaultdict

import pytest

from oncetui.model.problem import Cause
from oncetui.model.problems import causes

ROWS = {
    "1": {"email-spelling", "user-name-spelling"},
    "2": {"ews-url-spelling"},
    "3": {"host-not-found", "host-gone"},
    "4": {"names-unavailable", "host-gone"},
    "5": {"host-not-found", "host-gone", "inside-address"},
    "6": {"no-server-found"},
    "7": {"not-exchange", "web-site-answers"},
    "8": {"other-place-refuses"},
    "9": {"redirect-loop"},
    "10": {"host-needs-consent"},
    "11": {"filed-elsewhere"},
    "12": {"address-unknown"},
    "13": {"no-exchange-licence"},
    "14": {"microsoft-365"},
    "15": {"top-level-never-asked"},
    "16": {"connection-refused", "no-answer"},
    "17": {"ipv6-broken"},
    "18": {
        "proxy-sign-in",
        "proxy-password-refused",
        "proxy-sign-in-unsupported",
        "proxy-password-unreadable",
    },
    "19": {"proxy-unreachable", "proxy-gone", "proxy-certificate"},
    "20": {"proxy-refuses", "proxy-breaks-sign-in", "proxy-cuts", "proxy-cannot-reach"},
    "21": {"captive-portal"},
    "22": {"certificate-untrusted", "certificate-changed"},
    "23": {"certificate-expired", "certificate-not-yet-valid"},
    "24": {"certificate-name"},
    "25": {"certificate-chain"},
    "26": {"certificate-untrusted", "tls-inspection", "proxy-certificate"},
    "27": {"tls-too-old"},
    "28": {"client-certificate-wanted", "handshake-refused"},
    "29": {"not-https"},
    "30": {"handshake-cut", "connection-lost"},
    "31": {"not-exchange"},
    "32": {"login-page"},
    "33": {"company-sign-in-page"},
    "34": {"rejected-in-front"},
    "35": {"exchange-error-page"},
    "36": {"gateway-fault"},
    "37": {"gateway-down"},
    "38": {"request-too-large"},
    "39": {"password-refused", "password-changed", "refused-before"},
    "40": {"user-name-form"},
    "41": {"account-locked", "lock-out-near"},
    "42": {"windows-sign-in"},
    "43": {"basic-sign-in"},
    "44": {"modern-sign-in-only"},
    "45": {"no-sign-in-offered"},
    "46": {"extended-protection"},
    "47": {"old-ntlm-wanted"},
    "48": {"sign-in-cut-in-two"},
    "49": {
        "kerberos-missing",
        "kerberos-no-ticket",
        "kerberos-unreachable",
        "kerberos-service-unknown",
        "kerberos-refused",
    },
    "50": {"kerberos-clock"},
    "51": {"password-expired", "password-expires-soon"},
    "52": {"account-disabled"},
    "53": {"scheme-switched-off"},
    "54": {"microsoft-365"},
    "55": {"sign-in-on-the-web"},
    "56": {"consent-missing"},
    "57": {"conditional-access"},
    "58": {"device-code-blocked"},
    "59": {"token-revoked"},
    "60": {"second-factor-wanted"},
    "61": {"wrong-tenant"},
    "62": {"token-not-accepted"},
    "63": {"ews-switched-off"},
    "64": {"program-not-allowed"},
    "65": {"forbidden"},
    "66": {"mailbox-unknown"},
    "67": {"alias-used", "mailbox-alias"},
    "68": {"mailbox-denied"},
    "69": {"calendar-missing", "calendar-unreadable"},
    "70": {"calendar-read-only"},
    "71": {"mailbox-unavailable"},
    "72": {"mailbox-on-another-server"},
    "73": {"schema-refused"},
    "74": {"throttled"},
    "75": {"changes-lost", "real-time-refused", "real-time-limited", "real-time-silent"},
    "76": {"free-busy-refused", "too-much-at-once", "calendar-unreadable", "calendar-not-shared"},
    "77": {"too-much-at-once", "mailbox-full", "mailbox-unlicensed"},
    "78": {"account-not-accepted"},
    "79": {"permission-absent"},
    "80": {"not-in-microsoft-365"},
    "81": {"changes-expired"},
    "82": {"booking-key-refused", "booking-key-limited"},
    "83": {"real-time-blocked"},
    "84": {"pairing-wrong"},
    "84a": {"switched-off-by-owner"},
    "84b": {"page-closed-there"},
    "85": {"no-main-calendar", "main-calendar-read-only"},
    "86": {"calendar-does-not-block"},
    "87": {"events-do-not-block"},
    "88": {"keyring-locked", "keyring-absent"},
    "89": {
        "passphrase-missing",
        "passphrase-wrong",
        "secret-unreadable",
        "secret-command-failed",
        "secret-of-the-service",
        "secret-filled-elsewhere",
        "proxy-password-unreadable",
    },
    "90": {"folder-not-writable", "store-busy", "store-unusable", "on-change-failed"},
    "91": {"settings-unreadable"},
    "92": {"store-newer"},
    "93": {"home-refused"},
    "94": {"connector-running", "connector-hangs"},
    "95": {"clock-wrong"},
}


def test_every_row_has_the_causes_that_are_meant_for_it() -> None:
    found = defaultdict(set)
    for cause in causes():
        for row in cause.diagnosis:
            found[row].add(cause.code)
    assert dict(found) == ROWS


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_a_root_cause_is_one_of_the_catalogue(cause: Cause) -> None:
    assert cause.depends_on is None or cause.depends_on in {other.code for other in causes()}
    assert cause.depends_on != cause.code


def test_what_comes_later_is_never_taken_for_what_is_here() -> None:
    later = {row for cause in causes() if cause.comes_with for row in cause.diagnosis}
    here = {row for cause in causes() if not cause.comes_with for row in cause.diagnosis}
    assert later.isdisjoint(here)
    assert {"56", "57", "58", "59", "60", "61", "79", "80", "81", "82", "83", "84", "84a", "84b"} <= later
