"""What answers in place of Exchange."""

from oncetui.model.problem import Problem
from tests.causes.producing import IT, RETRY, USER, Code, Played, Said, status_alone
from tests.causes.row import Row, Stage


def _cut_answer(stage: Stage) -> Problem:
    return stage.in_use(lambda: stage.play("cut-xml"))


HTTP_ROWS = (
    Row(
        "7",
        "not-exchange",
        USER,
        "the company's web site",
        "Check the EWS URL",
        lambda stage: stage.probed(url="https://contoso.example/EWS/Exchange.asmx"),
    ),
    Row("31", "not-exchange", USER, "404 of IIS", "Check the EWS URL", Played("not-found")),
    Row("32", "login-page", IT, "440", "Ask IT", Played("login-timeout")),
    Row("32", "login-page", IT, "200 with a sign-in form", "Ask IT", Played("login-page")),
    Row("32", "login-page", IT, "302 to Outlook on the web", "Ask IT", Played("redirect-to-owa")),
    Row("33", "company-sign-in-page", IT, "302 to AD FS", "Ask IT", Played("redirect")),
    Row("34", "rejected-in-front", IT, "403 of a firewall", "Ask IT", Played("firewall")),
    Row("34", "rejected-in-front", IT, "405 of a firewall", "Ask IT", Said("405 Method Not Allowed")),
    Row("35", "exchange-error-page", RETRY, "302 to Exchange's error page", "Wait", Played("error-page")),
    Row(
        "35",
        "exchange-error-page",
        RETRY,
        "500 of Exchange's application",
        "Wait",
        Said("500 Internal Server Error", body="Server Error in '/EWS' Application"),
    ),
    Row(
        "36",
        "gateway-fault",
        IT,
        "302 to the gateway's error page",
        "Ask IT",
        Played("redirect", location="https://mail.contoso.example/InternalSite/InternalError.asp"),
    ),
    Row("37", "gateway-down", RETRY, "502 of a gateway", "Wait", Played("bad-gateway")),
    Row("37", "gateway-down", RETRY, "503", "Wait", status_alone(503)),
    Row("38", "request-too-large", IT, "413", "Ask IT", status_alone(413)),
    Row(
        "38",
        "request-too-large",
        IT,
        "400 of http.sys",
        "Ask IT",
        Said("400 Bad Request", body="<h2>Bad Request - Request Too Long</h2>"),
    ),
    Row("", "answer-not-understood", RETRY, "XML that ends in the middle", "Wait", _cut_answer),
    Row("", "unknown", IT, "418", "Try once more", status_alone(418)),
    Row("", "unknown", IT, "a response code that isn't known", "Try once more", Code("ErrorNobodyKnowsThis")),
)
