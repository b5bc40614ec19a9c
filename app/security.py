"""Security headers, with a nonce for each answer."""

import secrets
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Framing = Literal["refused", "anywhere"]
"""Whether an answer may stand in a frame of another page: refused, unless its route says otherwise."""

# a source * matches network schemes only: a page opened from a file or wrapped by an application has others
ANCESTORS: dict[Framing, str] = {"refused": "'none'", "anywhere": "* data: blob: file:"}
RESOURCE: dict[Framing, str] = {"refused": "same-origin", "anywhere": "cross-origin"}


def policy(nonce: str, framing: Framing = "refused") -> str:
    """The content security policy: everything from this server, styles by nonce, nothing inline."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": f"'self' 'nonce-{nonce}'",
        # the editor draws its wavy underline as a data: image
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": ANCESTORS[framing],
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def headers(nonce: str, framing: Framing = "refused") -> dict[str, str]:
    """What every answer carries."""
    return {
        "content-security-policy": policy(nonce, framing),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": RESOURCE[framing],
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


class SecurityHeaders:
    """Gives each request a nonce and each answer its headers.

    A route whose page may be framed says so in `scope["framing"]`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = scope["nonce"] = secrets.token_urlsafe(16)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                framing: Framing = scope.get("framing", "refused")
                MutableHeaders(scope=message).update(headers(nonce, framing))
            await send(message)

        await self.app(scope, receive, with_headers)
