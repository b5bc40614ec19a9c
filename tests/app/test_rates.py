"""How often one client may call."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.rates import REMEMBERED, Rates, Wait
from app.settings import Settings


def test_bucket_fills_with_time() -> None:
    rates = Rates(2, 100)
    wait = Wait(0.5, "calls_per_second", 2)
    assert [rates.take("a", "", 0.0) for _ in range(3)] == [None, None, wait]
    assert rates.take("b", "", 0.0) is None
    assert rates.take("a", "", 0.5) is None
    assert rates.take("a", "", 0.5) == wait
    # a long rest does not save up more than a second's worth
    assert [rates.take("a", "", 1000.0) for _ in range(3)] == [None, None, wait]


def test_a_lecture_hall_behind_one_address_is_many_clients() -> None:
    rates = Rates(2, 5)
    hall = [rates.take("a", client, 0.0) for client in ("one", "two", "") for _ in range(2)]
    assert hall == [*[None] * 5, Wait(0.2, "calls_per_address", 5)]
    assert rates.take("a", "new name", 0.0) == Wait(0.2, "calls_per_address", 5)
    assert rates.take("b", "one", 0.0) is None
    # a call refused for its address takes nothing from the client
    assert rates.take("a", "", 0.2) is None


def test_only_so_many_are_remembered() -> None:
    rates = Rates(1, 1)
    for number in range(REMEMBERED):
        rates.take(str(number), "", 0.0)
    assert rates.take("0", "", 0.0) is None
    assert rates.take(str(REMEMBERED - 1), "", 0.0) is not None


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


@pytest.mark.anyio
async def test_clients_of_one_address_name_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.rates.time", SimpleNamespace(monotonic=lambda: 0.0))
    transport = httpx.ASGITransport(app=create_app(Settings(calls_per_second=1)))

    async def status(name: str) -> int:
        # a body that is wrong in itself, so that nothing has to be computed
        response = await client.post("/api/v1/graph", json={}, headers={"client-id": name})
        return response.status_code

    async with httpx.AsyncClient(transport=transport, base_url="http://chainrule.test") as client:
        assert [await status(name) for name in ("one", "one", "two")] == [422, 429, 422]
