"""Work of which only so much is done at once: others wait for their turn, in a line that has an end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.requests import Request

from app.problems import ProblemError


class WaitingLine:
    """So many of `what` have their turn `at_once`, at most `most` wait for theirs."""

    def __init__(self, what: str, at_once: int, most: int) -> None:
        self._what = what
        self._turns = asyncio.Semaphore(at_once)
        self._most = most
        self.waiting = 0

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncGenerator[None]:
        """Have a turn, first come, first served; a client that goes leaves the line.

        Raises ProblemError 503 when the line is full.
        """
        if self._turns.locked() and self.waiting >= self._most:
            raise ProblemError(
                503,
                f"too_many_{self._what}",
                f"{self.waiting} {self._what} wait to be computed already",
                hint="try again in a few seconds",
                limit=f"{self._what}_waiting",
                actual=self.waiting + 1,
                allowed=self._most,
                headers={"retry-after": "5"},
            )
        self.waiting += 1
        try:
            await self._wait(request)
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

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
