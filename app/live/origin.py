"""Who may open a session: pages of this very server, and programs that are no browser."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
PLAIN = {"ws": "http", "wss": "https"}

Origin = tuple[str, str | None, int | None]


def _origin(address: str) -> Origin | None:
    """Scheme, host and port of an address, the port filled in; None when it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (PLAIN.get(parts.scheme, parts.scheme), parts.hostname, port) if parts.hostname else None


def allowed(scheme: str, headers: Headers) -> bool:
    """Whether the page that opens the socket came from here.

    A browser always names the page's origin and lets no page change it; a script names none.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    here = _origin(f"{scheme}://{headers.get('host', '')}")
    return here is not None and _origin(origin) == here
