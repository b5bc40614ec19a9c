"""Who may open a stream: so many at once on the server, and so many for each client."""

import asyncio
from collections import Counter
from collections.abc import Callable

from app.compute import Compute
from app.problems import ProblemError
from app.rates import Client
from app.settings import Settings
from app.streams.turns import Share, Turns


class Streams:
    """All streams of this server."""

    def __init__(self, compute: Compute, settings: Settings, playing: Callable[[], int]) -> None:
        self.settings = settings
        self.share = Share(compute, settings, playing)
        self.stopping = asyncio.Event()
        self._clients: Counter[Client] = Counter()

    def __len__(self) -> int:
        """Streams open now."""
        return self._clients.total()

    def stop(self) -> None:
        """Let every stream say its last words: the server is about to stop."""
        self.stopping.set()

    def enter(self, client: Client) -> "Place":
        """A place for one more stream; raises ProblemError 429 or 503 when there is none."""
        settings = self.settings
        if self._clients[client] >= settings.streams_per_client:
            raise _full(
                429,
                "streams_per_client",
                "a client may have {} streams open at once",
                self._clients[client] + 1,
                settings.streams_per_client,
            )
        if len(self) >= settings.streams:
            raise _full(503, "streams", "all {} streams are taken", len(self) + 1, settings.streams)
        self._clients[client] += 1
        return Place(self, client)

    def leave(self, client: Client) -> None:
        """Give a place back."""
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]


class Place:
    """One stream's place, given back once however often it is left."""

    def __init__(self, streams: Streams, client: Client) -> None:
        self._streams = streams
        self._client = client
        self._left = False
        self.settings = streams.settings
        self.stopping = streams.stopping
        self.turns = Turns(streams.share)

    def leave(self) -> None:
        """Give the place back."""
        if not self._left:
            self._left = True
            self._streams.leave(self._client)


def _full(status: int, limit: str, words: str, actual: int, allowed: int) -> ProblemError:
    return ProblemError(
        status,
        "too_many_streams",
        words.format(allowed),
        hint="read one to its end or close it, and try again in a few seconds",
        limit=limit,
        actual=actual,
        allowed=allowed,
        headers={"retry-after": "5"},
    )
