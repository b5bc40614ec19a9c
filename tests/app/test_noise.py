"""Gradient noise, asked of the API."""

import base64
from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.encoding import to_msgpack
from app.schemas.noise import NoiseAnswer
from engine.learning import DataSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.noise import full_gradient, gradient_noise

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

PATH = "/api/v1/trainings/noise"
PROGRAM = write_program(2, (8,), 3)
DATA = {"name": "spiral", "samples": 5464}
SPEC: dict[str, Any] = {"program": PROGRAM, "data": DATA}


async def test_the_lectures_sizes_and_the_full_set(client: httpx.AsyncClient) -> None:
    spec = TrainingSpec(PROGRAM, DataSpec(samples=5464))
    state, _ = run_slice(spec, start(spec), 20)
    packed = base64.b64encode(to_msgpack(state.to_plain())).decode()
    response = await client.post(PATH, json={"spec": SPEC, "state": packed, "draws": 16})
    assert response.status_code == 200, response.text
    NoiseAnswer.model_validate_json(response.content)
    answer = response.json()
    assert answer["points"] == 4098
    assert answer["norm"] == float(np.linalg.norm(full_gradient(spec, state)))
    assert [row["size"] for row in answer["rows"]] == [32, 64, 128, 256, 4098]
    for row in answer["rows"]:
        wanted = gradient_noise(spec, state, row["size"], 16)
        assert (row["draws"], row["error"], row["cosine"]) == (16, wanted.error, wanted.cosine)
        assert row["seconds"] > 0


async def test_sizes_of_ones_own_at_the_start(client: httpx.AsyncClient) -> None:
    response = await client.post(PATH, json={"spec": SPEC, "sizes": [7, 1], "draws": 3})
    spec = TrainingSpec(PROGRAM, DataSpec(samples=5464))
    wanted = [gradient_noise(spec, start(spec), size, 3).error for size in (7, 1)]
    assert [row["error"] for row in response.json()["rows"]] == wanted


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sizes": [0]}, "out_of_range"),
        ({"sizes": [5000]}, "out_of_range"),
        ({"sizes": []}, "invalid_request"),
        ({"sizes": [True]}, "invalid_request"),
        ({"draws": 0}, "out_of_range"),
        ({"draws": 1000}, "limit"),
        ({"state": "!"}, "bad_state"),
        ({"spec": SPEC | {"program": "loss = 1"}}, "no_points"),
        ({"size": 3}, "invalid_request"),
    ],
)
async def test_what_cannot_be_measured_is_one_problem(
    client: httpx.AsyncClient, problem: Problem, change: dict[str, Any], code: str
) -> None:
    problem(await client.post(PATH, json={"spec": SPEC} | change), 422, code)
