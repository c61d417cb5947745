"""What the troubleshoot screen is given by the account step."""

from dataclasses import replace

from oncetui.model.connection import NetworkRoute
from oncetui.model.ports import DraftAnswers
from oncetui.setup import account
from oncetui.ui.wizard.trouble import trouble_of


def test_a_check_gets_what_was_entered_and_the_way_that_was_decided() -> None:
    way = NetworkRoute(proxy="http://proxy:3128", pins=(("mail.contoso.example", "3f" * 32),))
    state = account.opened(DraftAnswers("anna@contoso.example", "mail.contoso.example", "CONTOSO\\anna"))

    wishes = trouble_of(replace(state, route=way)).wishes

    assert wishes.email == "anna@contoso.example"
    assert wishes.ews_url == "https://mail.contoso.example/EWS/Exchange.asmx"
    assert wishes.username == "CONTOSO\\anna"
    assert wishes.route == way
    assert wishes.secret is None
