"""Bodies counted while they stream, against a limit for each route."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import ProblemError, describe, respond
from app.settings import Settings

LARGE = ("/api/v1/trainings", "/api/v1/datasets")
"""Where the routes begin whose bodies may hold a training state or points of one's own."""


class BodyLimit:
    """Hands a body on whole when it is small enough, and otherwise answers 413.

    A client that is still sending cannot read an answer: a body too large is read on and thrown
    away, for a bounded number of bytes and seconds, before it is answered.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    def allowed(self, path: str) -> int:
        """The largest body of a route, in bytes."""
        large = path.startswith(LARGE)
        return self.settings.training_body if large else self.settings.small_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, then pass the request on with it."""
        headers = dict(scope.get("headers", ()))
        if scope["type"] != "http" or not (b"content-length" in headers or b"transfer-encoding" in headers):
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read(scope, headers, receive)
        except ProblemError as error:
            answer = respond(describe(error), {"connection": "close"})
            await answer(scope, receive, send)
            return
        if body is None:
            return
        message: Message | None = {"type": "http.request", "body": body, "more_body": False}

        async def replay() -> Message:
            nonlocal message
            if message is None:
                return await receive()
            first, message = message, None
            return first

        await self.app(scope, replay, send)

    async def _read(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> bytes | None:
        """The whole body; None when the client has gone; raises ProblemError for 408 and 413."""
        allowed = self.allowed(scope["path"])
        declared = headers.get(b"content-length", b"0")
        size = int(declared) if declared.isdigit() else 0
        kept = bytearray()
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                while size <= allowed:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    kept += message.get("body", b"")
                    if len(kept) > allowed:
                        size = len(kept)
                    elif not message.get("more_body", False):
                        return bytes(kept)
        except TimeoutError:
            raise ProblemError(408, "body_too_slow", "the body did not arrive in time") from None
        seen = len(kept)
        kept.clear()
        if headers.get(b"expect", b"").lower() != b"100-continue":
            await self._discard(receive, seen)
        raise ProblemError(
            413,
            "body_too_large",
            f"the body is larger than the {allowed:,} bytes allowed here",
            hint="make it smaller",
            limit="body",
            actual=size,
            allowed=allowed,
        )

    async def _discard(self, receive: Receive, seen: int) -> None:
        """Read on until the body ends, the client goes, or enough has been read."""
        try:
            async with asyncio.timeout(self.settings.discard_seconds):
                while seen < self.settings.discard:
                    message = await receive()
                    seen += len(message.get("body", b""))
                    if message["type"] == "http.disconnect" or not message.get("more_body", False):
                        return
        except TimeoutError:
            return
