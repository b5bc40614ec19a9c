"""All live sessions of this server."""

import asyncio
from collections import Counter
from collections.abc import Callable

from starlette.websockets import WebSocket

from app.compute import Compute
from app.live.origin import allowed
from app.live.session import Session
from app.problems import ProblemError, describe, respond
from app.settings import Settings

PARTING_SECONDS = 1.0
"""How long last words may take when the server stops."""
FEWEST_SHARES = 4
"""Into how many shares the room for past states is divided at least."""


class Sessions:
    """Lets clients in, up to a number, and counts who plays; `others` take turns at the workers too."""

    def __init__(self, compute: Compute, settings: Settings, others: Callable[[], int]) -> None:
        self._others = others
        self._compute = compute
        self._settings = settings
        self._open: set[Session] = set()
        self.clients: Counter[tuple[str, str]] = Counter()

    def __len__(self) -> int:
        """Sessions open now."""
        return len(self._open)

    def playing(self) -> int:
        """Sessions that train now."""
        return sum(session.playing for session in self._open)

    def _turns(self) -> int:
        return self.playing() + self._others()

    def room(self) -> float:
        """Bytes of past states that each session may keep."""
        return self._settings.history_bytes / max(FEWEST_SHARES, len(self._open))

    async def part(self) -> None:
        """Hand every client the state its training has reached, where its line allows: the server stops."""
        if self._open:
            tasks = [asyncio.create_task(session.part()) for session in self._open]
            _, late = await asyncio.wait(tasks, timeout=PARTING_SECONDS)
            for task in late:
                task.cancel()

    async def serve(self, socket: WebSocket, name: str) -> None:
        """Refuse the socket with a problem, or serve it until it closes.

        A client is an address with the name it gives itself, as for graph calls.
        """
        client = (socket.client.host if socket.client else "", name)
        try:
            self._admit(socket, client)
        except ProblemError as error:
            await socket.send_denial_response(respond(describe(error), error.headers))
            return
        session = Session(socket, self._compute, self._settings, self._turns, self.room)
        self._open.add(session)
        self.clients[client] += 1
        for other in self._open:
            other.history.fit()
        try:
            await socket.accept()
            await session.run()
        finally:
            self._open.discard(session)
            self.clients -= Counter((client,))

    def _admit(self, socket: WebSocket, client: tuple[str, str]) -> None:
        if not allowed(socket.url.scheme, socket.headers):
            raise ProblemError(
                403,
                "wrong_origin",
                "a page of another site may not open a session here",
                parameters={"origin": socket.headers["origin"]},
            )
        if len(self._open) >= self._settings.sessions:
            raise ProblemError(
                503,
                "too_many_sessions",
                f"all {self._settings.sessions} live sessions are taken",
                hint="try again in a few seconds",
                limit="sessions",
                actual=len(self._open) + 1,
                allowed=self._settings.sessions,
                headers={"retry-after": "5"},
            )
        if self.clients[client] >= self._settings.sessions_per_client:
            raise ProblemError(
                429,
                "too_many_sessions",
                f"this client has {self._settings.sessions_per_client} live sessions open already",
                hint="close one, or tell clients behind one address apart by `client` in the query",
                limit="sessions_per_client",
                actual=self.clients[client] + 1,
                allowed=self._settings.sessions_per_client,
                headers={"retry-after": "5"},
            )
