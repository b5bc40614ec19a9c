"""How often one client may call: a bucket of tokens per address."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import Request

from app.problems import ProblemError

REMEMBERED = 10_000
"""Addresses kept; the one heard of longest ago is forgotten first."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Rates:
    """Lets an address make `rate` calls a second, and as many at once."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, address: str, now: float) -> float:
        """Take one token; answers 0, or the seconds to wait when there is none."""
        bucket = self._buckets.setdefault(address, _Bucket(self.rate, now))
        self._buckets.move_to_end(address)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self.rate, bucket.tokens + (now - bucket.filled) * self.rate)
        bucket.filled = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self.rate
        bucket.tokens -= 1
        return 0.0


async def graph_call(request: Request) -> None:
    """Count a graph call; raises ProblemError 429 when there were too many."""
    rates: Rates = request.app.state.rates
    address = request.client.host if request.client else ""
    wait = rates.take(address, time.monotonic())
    if wait > 0:
        raise ProblemError(
            429,
            "too_many_calls",
            f"more than {rates.rate:g} graph calls a second",
            hint="wait a moment",
            limit="calls_per_second",
            allowed=rates.rate,
            headers={"retry-after": str(max(1, round(wait)))},
        )
