"""How many streams there may be, and that every place is given back."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import httpx

from app.settings import Settings

Run = Callable[[Settings], AbstractContextManager[Any]]

ENDLESS = {"network": {}, "updates": 10_000_000, "every": 10}


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
    return False


def test_one_stream_too_many_is_told_to_come_again(run_server: Run, stream: Any, problem: Any) -> None:
    def ask(client: str) -> httpx.Response:
        return httpx.post(
            f"{server.http}/api/v1/trainings",
            json={"network": {}, "updates": 1},
            headers={"client-id": client},
        )

    with run_server(Settings(workers=1, streams=2, streams_per_client=1)) as server:
        with ExitStack() as opened:
            told = [
                opened.enter_context(stream(server, path, client, **ENDLESS))
                for client, path in (("one", ""), ("two", "/sweep"))
            ]
            assert [next(lines)["type"] for lines in told] == ["ready"] * 2
            answer = ask("one")
            found = problem(answer, 429, "too_many_streams")
            assert (found["limit"], found["actual"], found["allowed"]) == ("streams_per_client", 2, 1)
            assert answer.headers["retry-after"] == "5"
            answer = ask("three")
            found = problem(answer, 503, "too_many_streams")
            assert (found["limit"], found["actual"], found["allowed"]) == ("streams", 3, 2)
            assert answer.headers["retry-after"] == "5"
            assert httpx.get(f"{server.http}/healthz").json()["streams"] == 2
        assert until(lambda: ask("three").status_code == 200)
        assert until(lambda: ask("one").status_code == 200)


def test_a_stream_that_never_begins_takes_no_place(run_server: Run) -> None:
    with run_server(Settings(workers=1, streams=1)) as server:
        for path in ("", "/sweep"):
            for body in ({}, {"network": {"hidden": [300]}}, {"network": 1}, {"vary": {"x": [1]}}):
                answer = httpx.post(f"{server.http}/api/v1/trainings{path}", json=body)
                assert answer.status_code == 422
                assert len(server.app.state.streams) == 0


def test_closing_the_connection_calls_the_work_off(run_server: Run, stream: Any) -> None:
    with run_server(Settings(workers=1)) as server:
        streams, compute = server.app.state.streams, server.app.state.compute
        asked: list[object] = []
        run_pure = compute.run_pure

        async def counted(function: Any, *args: Any) -> Any:
            asked.append(function)
            return await run_pure(function, *args)

        compute.run_pure = counted
        for path, more in (("", {}), ("/sweep", {"vary": {"seed": [1, 2, 3]}})):
            with stream(server, path, **ENDLESS, **more) as lines:
                while next(lines)["type"] != "progress" if more else next(lines).get("step") != 50:
                    pass
            assert until(lambda: len(streams) == 0)
            assert streams.share.load() == 0
            # whatever is computed from here on is for the next one alone
            asked.clear()
            with stream(server, "", network={}, updates=4, every=2) as lines:
                assert len(list(lines)) == 5
            assert [getattr(function, "__name__", "") for function in asked] == [
                *("begin", "points", "advance", "advance")
            ]


def test_a_server_that_stops_says_so_in_a_last_line(run_server: Run, stream: Any) -> None:
    with ExitStack() as opened:
        with run_server(Settings(workers=1)) as server:
            told = [
                opened.enter_context(stream(server, path, **ENDLESS, frames_per_second=5))
                for path in ("", "/sweep")
            ]
            for lines in told:
                assert next(lines)["type"] == "ready"
        # leaving the block stopped the server
        for lines in told:
            *_, last = lines
            assert last["type"] == "problem"
            assert (last["problem"]["status"], last["problem"]["code"]) == (503, "stopping")
