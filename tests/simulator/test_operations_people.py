"""What a server tells of people: names, delegates, absence, settings, the password's end."""

from datetime import UTC, datetime

import pytest

from oncetui.simulator.mailboxes.settings import Configuration, Delegate, OutOfOffice
from oncetui.simulator.world import Exchange, Mailbox

from .asking import Client, Reply


def resolved(client: Client, text: str, *, full: str = "false") -> Reply:
    return client.ask(
        f'<m:ResolveNames ReturnFullContactData="{full}"><m:UnresolvedEntry>{text}</m:UnresolvedEntry>'
        "</m:ResolveNames>"
    )


def delegates(client: Client, email: str = "anna@contoso.example", users: str = "") -> Reply:
    named = f"<m:UserIds>{users}</m:UserIds>" if users else ""
    return client.ask(
        f'<m:GetDelegate IncludePermissions="true"><m:Mailbox><t:EmailAddress>{email}</t:EmailAddress>'
        f"</m:Mailbox>{named}</m:GetDelegate>"
    )


def absence(client: Client, email: str) -> Reply:
    return client.ask(
        f"<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>{email}</t:Address></t:Mailbox>"
        "</m:GetUserOofSettingsRequest>"
    )


NAMED = (
    '<m:UserConfigurationName Name="{}"><t:DistinguishedFolderId Id="calendar"/></m:UserConfigurationName>'
)
DICTIONARY = (
    "<t:Dictionary><t:DictionaryEntry><t:DictionaryKey><t:Type>String</t:Type><t:Value>Colours</t:Value>"
    "</t:DictionaryKey><t:DictionaryValue><t:Type>StringArray</t:Type><t:Value>red</t:Value>"
    "<t:Value>blue</t:Value></t:DictionaryValue></t:DictionaryEntry><t:DictionaryEntry><t:DictionaryKey>"
    '<t:Type>Integer64</t:Type><t:Value>7</t:Value></t:DictionaryKey><t:DictionaryValue xsi:nil="true" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></t:DictionaryEntry></t:Dictionary>'
)


def configured(client: Client, what: str, name: str, parts: str = "") -> str:
    named = NAMED.format(name).replace("m:User", "t:User")
    return client.ask(
        f"<m:{what}UserConfiguration><m:UserConfiguration>{named}{parts}</m:UserConfiguration>"
        f"</m:{what}UserConfiguration>"
    ).code


def configuration(client: Client, name: str, parts: str = "All") -> Reply:
    return client.ask(
        f'<m:GetUserConfiguration><m:UserConfigurationName Name="{name}">'
        '<t:DistinguishedFolderId Id="calendar"/></m:UserConfigurationName>'
        f"<m:UserConfigurationProperties>{parts}</m:UserConfigurationProperties></m:GetUserConfiguration>"
    )


@pytest.mark.parametrize("text", ["ben", "BEN@contoso", "smtp:ben@contoso.example"])
def test_a_person_is_found_by_the_beginning_of_name_or_address(anna: Client, text: str) -> None:
    reply = resolved(anna, text, full="true")
    assert (reply.code, reply.one("EmailAddress")) == ("NoError", "ben@contoso.example")
    assert reply.one("Entry") == "SMTP:ben@contoso.example"


def test_several_people_are_a_warning_and_nobody_an_error(exchange: Exchange, anna: Client) -> None:
    exchange.add_mailbox(Mailbox("benno@contoso.example", "Benno", "benno", "CONTOSO", "benno", "secret"))
    several = resolved(anna, "ben")
    assert several.code == "ErrorNameResolutionMultipleResults"
    assert several.all("EmailAddress") == ["ben@contoso.example", "benno@contoso.example"]
    assert resolved(anna, "nobody").code == "ErrorNameResolutionNoResults"


def test_people_of_another_organisation_are_not_found(exchange: Exchange, anna: Client) -> None:
    exchange.add_mailbox(Mailbox("zoe@fabrikam.example", "Zoe", "zoe", "FABRIKAM", "zoe", "secret"))
    assert resolved(anna, "zoe").code == "ErrorNameResolutionNoResults"


def test_delegates_are_told_with_what_they_may(anna: Client) -> None:
    anna.mailbox.delegates["ben@contoso.example"] = Delegate({"Calendar": "Editor"}, copies=True)
    reply = delegates(anna)
    assert reply.codes == ["NoError", "NoError"]
    assert reply.one("PrimarySmtpAddress") == "ben@contoso.example"
    assert reply.one("CalendarFolderPermissionLevel") == "Editor"
    assert reply.one("InboxFolderPermissionLevel") == "None"
    assert reply.one("ReceiveCopiesOfMeetingMessages") == "true"


def test_somebody_who_is_no_delegate_is_said_to_be_none(anna: Client) -> None:
    user = "<t:UserId><t:PrimarySmtpAddress>ben@contoso.example</t:PrimarySmtpAddress></t:UserId>"
    assert delegates(anna, users=user).codes == ["NoError", "ErrorNotDelegate"]
    assert delegates(anna).codes == ["NoError"]


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("<t:PrimarySmtpAddress>nobody@contoso.example</t:PrimarySmtpAddress>", "ErrorDelegateNoUser"),
        ("<t:SID>nonsense</t:SID>", "ErrorInvalidUserSid"),
    ],
)
def test_a_delegate_whom_the_directory_has_not_is_told_apart(anna: Client, user: str, code: str) -> None:
    assert delegates(anna, users=f"<t:UserId>{user}</t:UserId>").codes == ["NoError", code]


def test_delegates_of_others_are_not_shown(anna: Client) -> None:
    assert delegates(anna, "ben@contoso.example").codes == ["ErrorAccessDenied"]
    assert delegates(anna, "nobody@contoso.example").codes == ["ErrorNonExistentMailbox"]


def test_absence_is_told_to_its_owner_only(anna: Client) -> None:
    assert absence(anna, anna.mailbox.email).one("OofState") == "Disabled"
    start, end = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)
    anna.mailbox.out_of_office = OutOfOffice("Scheduled", "Known", start, end, "Back soon", "Away <b>")
    reply = absence(anna, anna.mailbox.email)
    assert (reply.one("OofState"), reply.one("StartTime")) == ("Scheduled", "2026-12-01T00:00:00Z")
    assert reply.all("Message") == ["Back soon", "Away <b>"]
    assert absence(anna, "ben@contoso.example").code == "ErrorAccessDenied"
    assert absence(anna, "x@contoso.example").code == "ErrorNonExistentMailbox"


def test_a_folders_settings_are_given_back_in_parts(anna: Client) -> None:
    kept = Configuration.of({"Colour": "blue", "Days": 5, "Shown": True}, b"<a/>", b"\x00")
    anna.mailbox.folders.calendar.configurations["Display"] = kept
    everything = configuration(anna, "Display")
    assert everything.all("Value") == ["Colour", "blue", "Days", "5", "Shown", "true"]
    assert (everything.one("XmlData"), everything.one("BinaryData")) == ("PGEvPg==", "AA==")
    assert configuration(anna, "Display", "XmlData").all("BinaryData") == []
    assert configuration(anna, "Missing").code == "ErrorItemNotFound"


def test_the_password_ends_when_it_does_or_never(anna: Client) -> None:
    asked = "<m:GetPasswordExpirationDate/>"
    assert anna.ask(asked).message("PasswordExpirationDate").startswith("9999")
    anna.mailbox.password_expires = datetime(2026, 12, 24, tzinfo=UTC)
    assert anna.ask(asked).message("PasswordExpirationDate") == "2026-12-24T00:00:00Z"
    named = (
        "<m:GetPasswordExpirationDate><m:MailboxSmtpAddress>x@contoso.example</m:MailboxSmtpAddress>"
        "</m:GetPasswordExpirationDate>"
    )
    assert anna.ask(named).code == "ErrorNonExistentMailbox"


@pytest.mark.parametrize("name", ["GetUserAvailability", "GetItemRequest", "Subscribed"])
def test_an_element_that_no_operation_has_is_refused(anna: Client, name: str) -> None:
    assert anna.fault(f"<m:{name}/>") == "ErrorInvalidRequest"


def test_what_outlook_on_the_web_keeps_names_the_time_zone_of_the_mailbox(anna: Client) -> None:
    reply = anna.ask(
        '<m:GetUserConfiguration><m:UserConfigurationName Name="OWA.UserOptions">'
        '<t:DistinguishedFolderId Id="root"/></m:UserConfigurationName>'
        "<m:UserConfigurationProperties>Dictionary</m:UserConfigurationProperties></m:GetUserConfiguration>"
    )
    assert reply.all("Value") == ["timezone", "W. Europe Standard Time"]


def set_absence(client: Client, email: str, state: str = "Scheduled", until: str = "2026-12-02") -> Reply:
    return client.ask(
        f"<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>{email}</t:Address></t:Mailbox>"
        f"<t:UserOofSettings><t:OofState>{state}</t:OofState><t:ExternalAudience>Known</t:ExternalAudience>"
        f"<t:Duration><t:StartTime>2026-12-01T00:00:00Z</t:StartTime><t:EndTime>{until}T00:00:00Z</t:EndTime>"
        "</t:Duration><t:InternalReply><t:Message>Away</t:Message></t:InternalReply></t:UserOofSettings>"
        "</m:SetUserOofSettingsRequest>"
    )


def test_an_absence_that_is_set_is_told(anna: Client) -> None:
    assert set_absence(anna, "anna@contoso.example").code == "NoError"
    told = absence(anna, "anna@contoso.example")
    assert (told.one("OofState"), told.one("ExternalAudience")) == ("Scheduled", "Known")
    assert (told.one("EndTime"), told.all("Message")[0]) == ("2026-12-02T00:00:00Z", "Away")


def test_an_absence_of_others_or_without_length_is_not_set(anna: Client) -> None:
    assert set_absence(anna, "ben@contoso.example").code == "ErrorAccessDenied"
    wrong = set_absence(anna, "anna@contoso.example", until="2026-12-01")
    assert wrong.code == "ErrorInvalidScheduledOofDuration"
    assert absence(anna, "anna@contoso.example").one("OofState") == "Disabled"


def test_a_boolean_setting_is_given_back_as_a_word(anna: Client) -> None:
    entry = "<t:Dictionary{0}>{1}</t:Dictionary{0}>"
    flag = entry.format("Key", "<t:Type>String</t:Type><t:Value>Shown</t:Value>") + entry.format(
        "Value", "<t:Type>Boolean</t:Type><t:Value>0</t:Value>"
    )
    configured(anna, "Create", "Flags", entry.format("", entry.format("Entry", flag)))
    assert configuration(anna, "Flags").all("Value") == ["Shown", "false"]


def test_a_folders_settings_are_made_changed_and_deleted(anna: Client) -> None:
    assert configured(anna, "Create", "Display", DICTIONARY + "<t:XmlData>PGEvPg==</t:XmlData>") == "NoError"
    assert configured(anna, "Create", "Display") == "ErrorItemSave"
    kept = configuration(anna, "Display")
    assert kept.all("Type") == ["String", "StringArray", "Integer64"]
    assert kept.all("Value") == ["Colours", "red", "blue", "7"]
    assert configured(anna, "Update", "Display", "<t:BinaryData>AA==</t:BinaryData>") == "NoError"
    kept = configuration(anna, "Display")
    assert (kept.one("BinaryData"), kept.one("XmlData")) == ("AA==", "PGEvPg==")
    name = NAMED.format("Display")
    assert anna.ask(f"<m:DeleteUserConfiguration>{name}</m:DeleteUserConfiguration>").code == "NoError"
    assert configuration(anna, "Display").code == "ErrorItemNotFound"
    assert configured(anna, "Update", "Display") == "ErrorItemNotFound"


@pytest.mark.parametrize("name", ["IPM.Configuration.Own", "with space", "x" * 237])
def test_settings_have_a_simple_name(anna: Client, name: str) -> None:
    assert configured(anna, "Create", name) == "ErrorInvalidArgument"
