"""One problem document for everything that goes wrong."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.problems import ProblemError, describe
from app.schemas.problem import Problem as ProblemSchema
from engine.errors import EngineError, LimitError

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/v1/nothing", "/api/v2/graph", "/static/nothing.js", "/%00", "/é"]
)
async def test_unknown_address(path: str, client: httpx.AsyncClient, problem: Problem) -> None:
    problem(await client.get(path), 404, "not_found")


async def test_unknown_page_in_a_browser_is_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/no<b>where", headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "There is no page at" in response.text
    assert "<b>where" not in response.text
    assert 'href="/graph"' in response.text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/static/nothing.js"])
async def test_unknown_resource_in_a_browser_is_a_problem(
    path: str, client: httpx.AsyncClient, problem: Problem
) -> None:
    problem(await client.get(path, headers=BROWSER), 404, "not_found")


async def test_wrong_method_names_the_right_one(client: httpx.AsyncClient, problem: Problem) -> None:
    response = await client.get("/api/v1/graph")
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
    problem(await client.post("/api/v1/ops"), 405, "method_not_allowed")
    problem(await client.delete("/healthz"), 405, "method_not_allowed")


async def test_unforeseen_failure_tells_nothing_of_itself(
    client: httpx.AsyncClient, application: FastAPI, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("the password is swordfish")

    monkeypatch.setattr(application.state.compute, "call", fail)
    response = await client.post("/api/v1/graph", json={"source": "f = 1"})
    problem(response, 500, "internal")
    assert "swordfish" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_problem_matches_its_schema(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/graph", json={"source": "f = (x"})
    ProblemSchema.model_validate_json(response.content)


def test_engine_error_keeps_every_field() -> None:
    error = EngineError("odd", "that is odd", span=(1, 2), hint="even it", parameters={"shape": (2, 3)})
    document = describe(error)
    assert document["span"] == (1, 2)
    assert (document["status"], document["code"], document["hint"]) == (422, "odd", "even it")
    limit = describe(LimitError("nodes", 600, 512))
    assert (limit["limit"], limit["actual"], limit["allowed"]) == ("nodes", 600, 512)


def test_problem_error_keeps_its_status_and_headers() -> None:
    error = ProblemError(503, "busy", "too much to do", headers={"retry-after": "1"})
    assert describe(error)["status"] == 503
    assert error.headers == {"retry-after": "1"}
