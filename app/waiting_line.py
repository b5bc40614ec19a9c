"""Work of which only so much is done at once: others wait for their turn, in a line that has an end."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.requests import Request

from app.problems import ProblemError
from app.rates import Client


class WaitingLine:
    """So many of `what` have their turn `at_once`, at most `most` wait for theirs, `each` of one client."""

    def __init__(self, what: str, at_once: int, most: int, each: int) -> None:
        self._what = what
        self._turns = asyncio.Semaphore(at_once)
        self._most = most
        self._each = each
        self._clients: Counter[Client] = Counter()
        self.waiting = 0

    @asynccontextmanager
    async def turn(self, request: Request, client: Client) -> AsyncGenerator[None]:
        """Have a turn, first come, first served; a client that goes leaves the line.

        Raises ProblemError 503 when the line is full, 429 when the client has as many in it as it may.
        """
        self._require_room(client)
        self._clients[client] += 1
        try:
            self.waiting += 1
            try:
                await self._wait(request)
            finally:
                self.waiting -= 1
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._clients -= Counter((client,))

    def _require_room(self, client: Client) -> None:
        what, has = self._what, self._clients[client]
        if has >= self._each:
            raise self._full(
                429,
                f"{has} {what} of this client are computed or wait already",
                "wait for their answers",
                f"{what}_per_client",
                has + 1,
                self._each,
            )
        if self._turns.locked() and self.waiting >= self._most:
            raise self._full(
                503,
                f"{self.waiting} {what} wait to be computed already",
                "try again in a few seconds",
                f"{what}_waiting",
                self.waiting + 1,
                self._most,
            )

    def _full(
        self, status: int, detail: str, hint: str, limit: str, actual: int, allowed: int
    ) -> ProblemError:
        return ProblemError(
            status,
            f"too_many_{self._what}",
            detail,
            hint=hint,
            limit=limit,
            actual=actual,
            allowed=allowed,
            headers={"retry-after": "5"},
        )

    async def _wait(self, request: Request) -> None:
        turn = asyncio.create_task(self._turns.acquire())
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait((turn, gone), return_when=asyncio.FIRST_COMPLETED)
            if not turn.done():
                raise ProblemError(408, "gone", "the client has gone before its turn came")
        except BaseException:
            if not turn.cancel() and not turn.cancelled():
                self._turns.release()
            raise
        finally:
            gone.cancel()


async def _gone(request: Request) -> None:
    """Wait until the client closes its connection; its body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
