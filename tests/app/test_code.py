"""`POST /api/v1/graph/code`: the program in other forms."""

import sys
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest

from app.schemas.graph import CodeAnswer
from engine.writers import WRITERS

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]
SOURCE = "f = (x + y) * z"
AT = {"x": -2, "y": 5, "z": -4}


async def code(client: httpx.AsyncClient, **fields: Any) -> httpx.Response:
    return await client.post("/api/v1/graph/code", json={"source": SOURCE, "inputs": AT, **fields})


@pytest.mark.parametrize("target", WRITERS)
async def test_every_target_writes(target: str, client: httpx.AsyncClient) -> None:
    answer = (await code(client, target=target)).json()
    CodeAnswer.model_validate(answer)
    assert "f" in answer["code"]
    assert len(answer["lines"]) == len(answer["code"].split("\n"))


@pytest.mark.parametrize("target", ["flat", "modular"])
async def test_the_code_runs_by_itself(target: str, client: httpx.AsyncClient) -> None:
    text = (await code(client, target=target)).json()["code"]
    done = (await anyio.run_process([sys.executable, "-I", "-c", text])).stdout.decode()
    assert "f = -12.0" in done
    for name, gradient in {"x": -4.0, "y": -4.0, "z": 3.0}.items():
        assert f"grad_{name} = {gradient}" in done


async def test_lumped_code_calls_the_lumped_gate(client: httpx.AsyncClient) -> None:
    fields = {"source": "f = 1 / (1 + exp(-x))", "inputs": {"x": 1}, "lump": ["sigmoid"], "target": "flat"}
    assert "sigmoid(x)" in (await code(client, **fields)).json()["code"]


async def test_code_starts_backward_from_the_output_asked_for(client: httpx.AsyncClient) -> None:
    source = "q = x + y\nf = q * z"
    text = (await code(client, source=source, output="q", target="flat")).json()["code"]
    done = (await anyio.run_process([sys.executable, "-I", "-c", text])).stdout.decode()
    assert "q = 3.0" in done
    assert "grad_x = 1.0" in done


async def test_collapsed_statements_are_written_out(client: httpx.AsyncClient) -> None:
    plain = (await code(client, target="flat")).json()
    collapsed = (await code(client, target="flat", collapse=["f"])).json()
    assert set(collapsed["lines"]) == {None, "x", "y", "z", "f"}
    assert len(collapsed["lines"]) == len(plain["lines"])


async def test_unknown_target_is_named(client: httpx.AsyncClient, problem: Problem) -> None:
    document = problem(await code(client, target="fortran"), 422, "invalid_request")
    assert "target" in document["detail"]


async def test_wrong_program_is_a_problem(client: httpx.AsyncClient, problem: Problem) -> None:
    problem(await code(client, source="f = (x", target="flat"), 422, "never_closed")
