"""So many turns at once, so many in line, and nobody in it who has gone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.problems import ProblemError
from app.waiting_line import WaitingLine
from engine.learning import write_program

pytestmark = pytest.mark.anyio


class Client:
    """A request whose client stays until told to go."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}


class Visit:
    """One who wants a turn, and keeps it until told to leave."""

    def __init__(self, line: WaitingLine, name: str = "") -> None:
        self.client: Any = Client()
        self.name = ("127.0.0.1", name)
        self.in_turn = asyncio.Event()
        self.leaves = asyncio.Event()
        self.task = asyncio.create_task(self._go(line))

    async def _go(self, line: WaitingLine) -> None:
        async with line.turn(self.client, self.name):
            self.in_turn.set()
            await self.leaves.wait()


async def settled(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_turns_are_had_in_their_order_and_the_line_has_an_end() -> None:
    line = WaitingLine("landscapes", at_once=2, most=2, each=9)
    visits = [Visit(line) for _ in range(4)]
    await settled(lambda: visits[1].in_turn.is_set() and line.waiting == 2)
    with pytest.raises(ProblemError) as caught:
        async with line.turn(Client(), ("127.0.0.1", "")):  # type: ignore[arg-type]
            pass
    problem = caught.value
    assert (problem.status_code, problem.code) == (503, "too_many_landscapes")
    assert (problem.limit, problem.actual, problem.allowed) == ("landscapes_waiting", 3, 2)
    assert problem.headers == {"retry-after": "5"}
    visits[1].leaves.set()
    await visits[2].in_turn.wait()
    assert not visits[3].in_turn.is_set()
    for visit in visits:
        visit.leaves.set()
    await asyncio.gather(*(visit.task for visit in visits))
    assert line.waiting == 0


async def test_who_goes_leaves_the_line_and_whoever_fails_gives_the_turn_back() -> None:
    line = WaitingLine("landscapes", at_once=1, most=3, each=9)
    first, gone, called_off, last = [Visit(line) for _ in range(4)]
    await settled(lambda: first.in_turn.is_set() and line.waiting == 3)
    gone.client.gone.set()
    called_off.task.cancel()
    await settled(lambda: line.waiting == 1)
    with pytest.raises(ProblemError):
        await gone.task
    first.task.cancel()
    await last.in_turn.wait()
    last.leaves.set()
    await last.task


async def test_one_client_has_few_in_it_and_others_their_room() -> None:
    line = WaitingLine("landscapes", at_once=1, most=4, each=2)
    first, second, other = Visit(line, "greedy"), Visit(line, "greedy"), Visit(line, "modest")
    await settled(lambda: first.in_turn.is_set() and line.waiting == 2)
    third = Visit(line, "greedy")
    with pytest.raises(ProblemError) as caught:
        await third.task
    problem = caught.value
    assert (problem.status_code, problem.code, problem.limit) == (
        429,
        "too_many_landscapes",
        "landscapes_per_client",
    )
    assert problem.headers == {"retry-after": "5"}
    # one that has gone makes room, one that has its answer too
    second.client.gone.set()
    with pytest.raises(ProblemError):
        await second.task
    fourth = Visit(line, "greedy")
    for visit in (first, other, fourth):
        visit.leaves.set()
    await asyncio.gather(first.task, other.task, fourth.task)
    last = Visit(line, "greedy")
    last.leaves.set()
    await last.task


async def test_a_landscape_too_many_is_a_problem(
    application: FastAPI, client: httpx.AsyncClient, problem: Any
) -> None:
    def ask() -> Awaitable[httpx.Response]:
        spec = {"program": write_program(2, (2,), 2), "data": {"name": "spiral", "samples": 60, "classes": 2}}
        body = {"spec": spec, "optimizers": [{"label": "sgd", "optimizer": {"name": "sgd"}}]}
        return client.post("/api/v1/trainings/landscape", json=body | {"updates": 3, "size": 5})

    before, application.state.landscapes = application.state.landscapes, WaitingLine("landscapes", 1, 1, 9)
    line: WaitingLine = application.state.landscapes
    first = Visit(line)
    await first.in_turn.wait()
    second = asyncio.ensure_future(ask())
    await settled(lambda: line.waiting == 1)
    refused = await ask()
    problem(refused, 503, "too_many_landscapes")
    assert refused.headers["retry-after"] == "5"
    first.leaves.set()
    assert (await second).status_code == 200
    application.state.landscapes = before
