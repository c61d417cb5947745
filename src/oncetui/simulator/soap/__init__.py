"""Reading requests and writing answers as SOAP 1.1."""
