"""An answer of JSON lines that ends with its connection, whoever closes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.problems import ProblemError
from app.streams.admission import Place
from app.streams.lines import problem_line
from app.streams.together import called_off
from engine.errors import EngineError

logger = logging.getLogger("chainrule")

Write = Callable[[bytes], Awaitable[None]]
"""Sends a line, and answers once there is room for the next."""


class UnreadError(Exception):
    """The client has read nothing for too long."""


class LineStream(Response):
    """Sends what `tell` writes, and calls it off when the client goes or the server is about to stop.

    A line is sent when the one before is on its way, so a slow client slows only itself. A failure is
    the last line.
    """

    media_type = "application/jsonl"

    def __init__(self, place: Place, tell: Callable[[Write], Awaitable[None]]) -> None:
        # a proxy that waits for the end of an answer would hold back every line
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._place = place
        self._tell = tell

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send the lines."""
        try:
            await self._serve(receive, send)
        except UnreadError:
            logger.warning("a stream was given up: its client reads nothing")
        finally:
            self._place.leave()

    async def _serve(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})

        async def write(line: bytes) -> None:
            try:
                async with asyncio.timeout(self._place.settings.unread_seconds):
                    await send({"type": "http.response.body", "body": line, "more_body": True})
            except TimeoutError:
                raise UnreadError from None

        telling = asyncio.create_task(self._tell_all(write))
        gone = asyncio.create_task(_gone(receive))
        stopping = asyncio.create_task(self._place.stopping.wait())
        try:
            await asyncio.wait((telling, gone, stopping), return_when=asyncio.FIRST_COMPLETED)
            if telling.done():
                telling.result()
            elif gone.done():
                return
            else:
                await called_off(telling)
                await write(problem_line(_stopping()))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await called_off(telling, gone, stopping)

    async def _tell_all(self, write: Write) -> None:
        try:
            await self._tell(write)
        except UnreadError:
            raise
        except Exception as error:
            if not isinstance(error, EngineError | ProblemError):
                logger.exception("unexpected failure in a stream")
            await write(problem_line(error))


async def _gone(receive: Receive) -> None:
    """Wait until the client closes its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _stopping() -> ProblemError:
    return ProblemError(
        503, "stopping", "the server is about to stop", hint="go on from the last state you have"
    )
