"""The XML namespaces of Exchange Web Services."""

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"

S = f"{{{SOAP}}}"
T = f"{{{TYPES}}}"
M = f"{{{MESSAGES}}}"
