"""How often one client may call."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import httpx

from app.rates import REMEMBERED, Rates
from app.settings import Settings


def test_bucket_fills_with_time() -> None:
    rates = Rates(2)
    assert [rates.take("a", 0.0) for _ in range(3)] == [0, 0, 0.5]
    assert rates.take("b", 0.0) == 0
    assert rates.take("a", 0.5) == 0
    assert rates.take("a", 0.5) == 0.5
    # a long rest does not save up more than a second's worth
    assert [rates.take("a", 1000.0) for _ in range(3)] == [0, 0, 0.5]


def test_only_so_many_addresses_are_remembered() -> None:
    rates = Rates(1)
    for number in range(REMEMBERED + 1):
        rates.take(str(number), 0.0)
    assert rates.take("0", 0.0) == 0
    assert rates.take(str(REMEMBERED), 0.0) > 0


def test_too_many_calls_are_told_when_to_come_again(
    run_server: Callable[[Settings], AbstractContextManager[Any]],
    problem: Callable[[httpx.Response, int, str], dict[str, Any]],
) -> None:
    with (
        run_server(Settings(workers=1, calls_per_second=0.01)) as server,
        httpx.Client(base_url=server.http) as client,
    ):
        response = client.post("/api/v1/graph", json={"source": "f = 1"})
        document = problem(response, 429, "too_many_calls")
        assert document["limit"] == "calls_per_second"
        assert int(response.headers["retry-after"]) >= 1
        assert client.get("/api/v1/ops").status_code == 200
