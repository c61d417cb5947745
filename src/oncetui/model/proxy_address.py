"""A proxy's address as people write it."""

from urllib.parse import urlsplit

from oncetui.model.connection import BY_ENVIRONMENT, NO_PROXY


def proxy_address(text: str) -> str:
    """Return a proxy's address as it will be used, or one of the words `environment` and `none`.

    Raises ValueError with one sentence for any other text; a password in it is not repeated.
    """
    text = text.strip()
    if text.lower() in (BY_ENVIRONMENT, NO_PROXY):
        return text.lower()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), 0
    if "@" in text:
        raise ValueError(
            "A proxy's address holds no user and password: they have fields of their own, or "
            "--proxy-user and --proxy-password-file."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or port == 0:
        raise ValueError(f"“{text}” is no address of a proxy; one looks like http://proxy.example:3128.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")
