"""What a session says: messages at once, frames one at a time, the newest in place of one that waits."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app.encoding import Entries
from app.live.messages import pack, pack_frame, pack_problem


@dataclass(frozen=True, slots=True)
class _Outgoing:
    step: int
    state: bytes
    parts: tuple[Entries, ...]


class Outbox:
    """Holds a frame back until the client has drawn the one before: a slow client slows only itself.

    `adds` gives the fields of a frame that are known only when it leaves.
    """

    def __init__(self, socket: WebSocket, adds: Callable[[], dict[str, Any]]) -> None:
        self._socket = socket
        self._adds = adds
        self._sending = asyncio.Lock()
        self._waiting: _Outgoing | None = None
        # the frame that the client shows is the one in flight or the one before
        self._left: deque[tuple[int, bytes]] = deque(maxlen=2)
        self._in_flight: int | None = None
        self._left_at = 0.0

    async def say(self, kind: str, **fields: Any) -> None:
        """Send a message now."""
        await self._send(pack(kind, **fields))

    async def say_problem(self, error: Exception) -> None:
        """Send what was wrong now."""
        await self._send(pack_problem(error))

    async def offer(self, step: int, state: bytes, *parts: Entries) -> None:
        """Send the frame of a state once the client is ready for it, unless a newer one comes before."""
        self._waiting = _Outgoing(step, state, parts)
        await self._send_frame()

    async def drawn(self, step: int) -> None:
        """Note that the client shows the frame of that step; a frame of a past run is ignored."""
        if step == self._in_flight:
            self._in_flight = None
            await self._send_frame()

    def start_over(self) -> None:
        """Expect nothing of the frame on its way: what comes next belongs to another run."""
        self._in_flight = None
        self._waiting = None
        self._left.clear()

    def state_shown(self, step: int) -> tuple[int, bytes] | None:
        """That step with the state of its frame, if the client may be showing it now."""
        return next((left for left in reversed(self._left) if left[0] == step), None)

    def unseen(self, seconds: float) -> bool:
        """Whether the client has not drawn the last frame for so long."""
        return self._in_flight is not None and time.monotonic() - self._left_at > seconds

    async def _send_frame(self) -> None:
        if self._in_flight is None and self._waiting is not None:
            frame, self._waiting = self._waiting, None
            self._in_flight = frame.step
            self._left.append((frame.step, frame.state))
            self._left_at = time.monotonic()
            await self._send(pack_frame(*frame.parts, **self._adds()))

    async def _send(self, message: bytes) -> None:
        async with self._sending:
            # the other coroutine may have closed it
            if self._socket.application_state is not WebSocketState.CONNECTED:
                raise WebSocketDisconnect(1006)
            await self._socket.send_bytes(message)
