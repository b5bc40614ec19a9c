"""All live sessions of this server."""

from collections.abc import Callable

from starlette.websockets import WebSocket

from app.compute import Compute
from app.live.origin import allowed
from app.live.session import Session
from app.problems import ProblemError, describe, respond
from app.settings import Settings


class Sessions:
    """Lets clients in, up to a number, and counts who plays; `others` take turns at the workers too."""

    def __init__(self, compute: Compute, settings: Settings, others: Callable[[], int]) -> None:
        self._others = others
        self._compute = compute
        self._settings = settings
        self._open: set[Session] = set()

    def __len__(self) -> int:
        """Sessions open now."""
        return len(self._open)

    def playing(self) -> int:
        """Sessions that train now."""
        return sum(session.playing for session in self._open)

    def _turns(self) -> int:
        return self.playing() + self._others()

    async def serve(self, socket: WebSocket) -> None:
        """Refuse the socket with a problem, or serve it until it closes."""
        try:
            self._admit(socket)
        except ProblemError as error:
            await socket.send_denial_response(respond(describe(error), error.headers))
            return
        session = Session(socket, self._compute, self._settings, self._turns)
        self._open.add(session)
        try:
            await socket.accept()
            await session.run()
        finally:
            self._open.discard(session)

    def _admit(self, socket: WebSocket) -> None:
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
