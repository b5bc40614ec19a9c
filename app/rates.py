"""How often one may call: a bucket of tokens per client, and one per address."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from app.problems import ProblemError

REMEMBERED = 10_000
"""Clients and addresses kept; the one heard of longest ago is forgotten first."""


@dataclass(slots=True)
class Bucket:
    """Holds up to a second's worth of tokens, `rate` of them coming in each second."""

    rate: float
    tokens: float
    filled: float

    def fill(self, now: float) -> float:
        """Add what time has brought; answers the seconds until there is a token."""
        self.tokens = min(self.rate, self.tokens + (now - self.filled) * self.rate)
        self.filled = now
        return max(0.0, (1 - self.tokens) / self.rate)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a call comes too early, and the limit that says so."""

    seconds: float
    limit: str
    allowed: float


class Rates:
    """Lets a client make so many calls a second, and as many at once.

    A client is an address with the name it gives itself: a lecture hall behind one address is many.
    Names cost nothing, so an address as a whole has a limit too, large enough for a hall.
    """

    def __init__(self, per_client: float, per_address: float) -> None:
        self._rates = {"calls_per_second": per_client, "calls_per_address": max(per_client, per_address)}
        self._buckets: OrderedDict[tuple[str, ...], Bucket] = OrderedDict()

    def take(self, address: str, client: str, now: float) -> Wait | None:
        """Take one token from the client and from its address; if either has none, answer the wait."""
        buckets: list[Bucket] = []
        waits: list[Wait] = []
        for (limit, rate), key in zip(self._rates.items(), ((address, client), (address,)), strict=True):
            bucket = self._buckets.setdefault(key, Bucket(rate, rate, now))
            self._buckets.move_to_end(key)
            buckets.append(bucket)
            waits.append(Wait(bucket.fill(now), limit, rate))
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        longest = max(waits, key=lambda wait: wait.seconds)
        if longest.seconds > 0:
            return longest
        for bucket in buckets:
            bucket.tokens -= 1
        return None


Client = tuple[str, str]
"""An address, and the name that the client gives itself."""


def client(
    request: Request,
    client_id: Annotated[
        str, Header(max_length=64, description="Any text; tells clients behind one address apart.")
    ] = "",
) -> Client:
    """Who asks."""
    return request.client.host if request.client else "", client_id


async def graph_call(request: Request, asking: Annotated[Client, Depends(client)]) -> None:
    """Count a graph call; raises ProblemError 429 when there were too many."""
    rates: Rates = request.app.state.rates
    wait = rates.take(*asking, time.monotonic())
    if wait is None:
        return
    whose = "a client" if wait.limit == "calls_per_second" else "one address"
    raise ProblemError(
        429,
        "too_many_calls",
        f"more than {wait.allowed:g} graph calls a second from {whose}",
        hint="wait a moment",
        limit=wait.limit,
        allowed=wait.allowed,
        headers={"retry-after": str(max(1, round(wait.seconds)))},
    )
