"""What goes wrong in an operation: an error for one item, or a fault for the whole request."""

from oncetui.simulator.soap.writing import text_of


class EwsError(Exception):
    """One item, folder or request element can't be answered; `code` is an EWS response code.

    `detail` is ready XML for the MessageXml element.
    """

    def __init__(self, code: str, text: str, detail: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.detail = detail


class SoapFaultError(Exception):
    """The whole request is refused with HTTP 500; `detail` is ready XML for the MessageXml element."""

    def __init__(self, code: str, text: str, message: str | None = None, detail: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.message = message or text
        self.detail = detail


class SchemaViolationError(SoapFaultError):
    """The request isn't valid against the schema."""

    def __init__(self, violation: str, line: int = 0, position: int = 0) -> None:
        detail = (
            f"<t:LineNumber>{line}</t:LineNumber><t:LinePosition>{position}</t:LinePosition>"
            f"<t:Violation>{text_of(violation)}</t:Violation>"
        )
        text = f"The request failed schema validation: {violation}"
        super().__init__("ErrorSchemaValidation", text, "The request failed schema validation.", detail)
