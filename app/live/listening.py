"""What a client says, one message at a time, no faster than it may, until it has been here for too long."""

import time
from asyncio import sleep, timeout
from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.websockets import WebSocket

from app.compute import Compute
from app.live.messages import Message, read, read_apart
from app.live.outbox import Outbox
from app.problems import ProblemError
from app.rates import Bucket
from app.settings import KIB, Settings
from engine.errors import EngineError

IDLE = 4408
"""Close code of a session that said nothing for too long."""
LIFETIME = 4410
"""Close code of a session that was open for too long."""
LARGE = 64 * KIB
"""Characters of a message beyond which reading it would hold the other sessions up."""


async def listen(
    socket: WebSocket,
    settings: Settings,
    compute: Compute,
    out: Outbox,
    hear: Callable[[Message], Awaitable[None]],
) -> None:
    """Hand on every message and tell every one that is none; return when the client is gone or sent away.

    A client that says more than it may is not read for a while, so that its messages wait at its end
    of the network and take neither memory nor time from others.
    """
    begun = time.monotonic()
    bucket = Bucket(settings.messages_per_second, settings.messages_per_second, begun)
    while True:
        left = begun + settings.lifetime_seconds - time.monotonic()
        try:
            async with timeout(min(left, settings.idle_seconds)):
                event = await socket.receive()
        except TimeoutError:
            await _send_away(socket, out, too_old=left <= settings.idle_seconds)
            return
        if event["type"] == "websocket.disconnect":
            return
        try:
            text = event.get("text")
            if text is None:
                raise ProblemError(422, "not_text", "a binary message; a client sends JSON text")
            await _understand(text, settings.training_body, compute, out, hear)
        except (ProblemError, EngineError, ValidationError) as error:
            await out.say_problem(error)
        await sleep(bucket.fill(time.monotonic()))
        bucket.tokens -= 1


async def _understand(
    text: str, longest: int, compute: Compute, out: Outbox, hear: Callable[[Message], Awaitable[None]]
) -> None:
    message = read(text, longest) if not LARGE < len(text) <= longest else None
    if message is None:
        found = await compute.run_pure(read_apart, text, longest)
        if isinstance(found, dict):
            await out.say("problem", problem=found)
            return
        message = found
    await hear(message)


async def _send_away(socket: WebSocket, out: Outbox, *, too_old: bool) -> None:
    """Say why the session ends, and end it."""
    if too_old:
        problem = ProblemError(
            408,
            "lifetime",
            "the session was open for too long",
            hint="open another one and hand in the state of the last frame",
        )
    else:
        problem = ProblemError(408, "idle", "the session said nothing for too long")
    await out.say_problem(problem)
    await socket.close(LIFETIME if too_old else IDLE)
