"""The fields of the account step: their names, labels, help lines, and what typing made of them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from oncetui.model.spelling import Spelling, email_spelling, ews_url_spelling, user_name_spelling


class FieldName(StrEnum):
    """The inputs of the account step, by the names that problems use for them."""

    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  # the name of the field, not what stands in it
    EWS_URL = "ews_url"
    USERNAME = "username"
    TRUST_HOST = "trust_host"


LABELS = {
    FieldName.EMAIL: "Email",
    FieldName.PASSWORD: "Password",
    FieldName.EWS_URL: "EWS URL",
    FieldName.USERNAME: "Domain\\UserName",
    FieldName.TRUST_HOST: "Send the password there",
}
HELP_LINES = {
    FieldName.EMAIL: "your Exchange (Outlook) address",
    FieldName.PASSWORD: "kept only once the connection works",
    FieldName.EWS_URL: "The address of Outlook on the web will do; we complete it.",
    FieldName.USERNAME: "Your name in Windows. Leave empty to use the email.",
    FieldName.TRUST_HOST: "a password leaves your mail domain only if you say so",
}


@dataclass(frozen=True)
class AccountField:
    r"""One field as it stands: `value` is the text exactly as typed, never a password.

    `meant` is the text as it will be used. `error` replaces the help line; `note` says what was put right
    (`→ https://…`); `offer` is the corrected text that one key takes over. `why` says why the field was
    revealed. `ours` is true while the text is our own suggestion that nobody has touched, `asked` where a
    person wanted to see the field.
    """

    name: FieldName
    value: str = ""
    meant: str = ""
    help: str = ""
    error: str | None = None
    note: str | None = None
    offer: str | None = None
    why: str | None = None
    ours: bool = False
    asked: bool = False

    @classmethod
    def named(cls, name: FieldName) -> Self:
        """Return an empty field with its usual help line."""
        return cls(name, help=HELP_LINES[name])

    @property
    def label(self) -> str:
        """What stands before the field."""
        return LABELS[self.name]

    @property
    def line(self) -> str:
        """The line under the field: its error, or what was put right, or its help."""
        return self.error or self.note or self.help


def typed(field: AccountField, text: str, *, blank_is_wrong: bool = False) -> AccountField:
    """Return the field after its text was left, checked and put right; a password's is not taken over.

    A blank field is wrong only where asked for: going past a field is no mistake.
    """
    if field.name in (FieldName.PASSWORD, FieldName.TRUST_HOST):
        return replace(field, error=None)
    spelt = _spelling(field.name, text)
    error = spelt.error if text.strip() or blank_is_wrong else None
    return replace(
        field,
        value=text,
        meant="" if spelt.error else spelt.value,
        error=error,
        note=spelt.note if error is None else None,
        offer=spelt.offer,
        ours=field.ours and text == field.value,
    )


def _spelling(name: FieldName, text: str) -> Spelling:
    match name:
        case FieldName.EMAIL:
            return email_spelling(text)
        case FieldName.EWS_URL:
            return ews_url_spelling(text)
        case _:
            return user_name_spelling(text)
