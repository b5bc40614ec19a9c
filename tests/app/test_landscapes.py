"""The loss as a landscape, asked of the API."""

import base64
from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.encoding import to_msgpack
from app.schemas.landscapes import LandscapeAnswer
from engine.learning import DataSpec, OptimizerSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.landscape import landscape
from engine.learning.paths import Runner
from engine.learning.valleys import VALLEYS

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

PATH = "/api/v1/trainings/landscape"
PROGRAM = write_program(2, (4,), 3)
SPEC: dict[str, Any] = {"program": PROGRAM, "data": {"name": "spiral", "samples": 60}, "batch_size": 8}


async def valley(client: httpx.AsyncClient, name: str) -> dict[str, Any]:
    listed = (await client.get(PATH)).json()["valleys"]
    assert [one["name"] for one in listed] == list(VALLEYS)
    return next(one for one in listed if one["name"] == name)


@pytest.mark.parametrize("name", VALLEYS)
async def test_a_shipped_landscape_can_be_asked_for_as_it_is_listed(
    client: httpx.AsyncClient, name: str
) -> None:
    listed = await valley(client, name)
    asked = {key: listed[key] for key in ("spec", "optimizers", "updates", "every")} | {"size": 9}
    response = await client.post(PATH, json=asked)
    assert response.status_code == 200, response.text
    LandscapeAnswer.model_validate_json(response.content)
    answer = response.json()
    shipped = VALLEYS[name]
    wanted = landscape(
        shipped.spec, runners=shipped.runners, updates=shipped.updates, every=shipped.every, size=9
    )
    assert answer["kind"] == "exact"
    assert answer["loss"] == wanted.loss.tolist()
    assert [path["points"] for path in answer["paths"]] == [t.points.tolist() for t in wanted.tracks]


async def test_a_larger_net_is_projected_from_a_state_handed_in(client: httpx.AsyncClient) -> None:
    spec = TrainingSpec(PROGRAM, DataSpec(samples=60), batch_size=8)
    state, _ = run_slice(spec, start(spec), 20)
    packed = base64.b64encode(to_msgpack(state.to_plain())).decode()
    optimizers = [
        {"label": "adam", "schedule": {"name": "cosine", "epochs": 2}},
        {"label": "too fast", "optimizer": {"name": "sgd", "learning_rate": 1e30}},
    ]
    asked = {"spec": SPEC, "state": packed, "optimizers": optimizers, "updates": 12, "every": 4, "size": 5}
    response = await client.post(PATH, json=asked)
    assert response.status_code == 200, response.text
    LandscapeAnswer.model_validate_json(response.content)
    answer = response.json()
    assert (answer["kind"], answer["directions"], answer["origin"]) == ("projected", "paths", "start")
    assert np.shape(answer["loss"]) == (5, 5)
    adam, fast = answer["paths"]
    assert adam["updates"] == [0, 4, 8, 12]
    assert adam["problem"] is None
    assert 0 < adam["shown_share"] <= 1
    assert fast["problem"]["code"] == "not_finite"
    assert fast["problem"]["hint"]
    assert fast["stopped_at"] >= 1


async def test_what_is_not_finite_is_said_in_words(client: httpx.AsyncClient) -> None:
    program = "w = ones(2)\nscores = X @ w\nloss = log(w[0] - 0.5) + mse(scores, y)"
    spec = {"program": program, "data": {"name": "plane", "samples": 40}, "batch_size": 8}
    answer = (await client.post(PATH, json={"spec": spec, "size": 5})).json()
    assert answer["loss"][0][0] == "NaN"
    assert isinstance(answer["loss"][0][4], float)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"size": 1_000}, "out_of_range"),
        ({"updates": 20_000, "every": 1, "optimizers": [{"label": "a"}]}, "limit"),
        ({"state": "!"}, "bad_state"),
        ({"directions": "axes"}, "invalid_request"),
        ({"optimizers": [{"label": "a", "optimizer": {"name": "newton"}}]}, "unknown_name"),
        ({"optimizers": [{"label": "a" * 61}]}, "invalid_request"),
        ({"spec": {"program": "W = he(2, 3)\nloss = sum(W)"}}, "no_points"),
    ],
)
async def test_what_cannot_be_drawn_is_a_problem(
    client: httpx.AsyncClient, problem: Problem, fields: dict[str, Any], code: str
) -> None:
    response = await client.post(PATH, json={"spec": SPEC, **fields})
    assert problem(response, 422, code)["hint"]


async def test_a_default_runner_is_the_default_optimizer(client: httpx.AsyncClient) -> None:
    asked = {"spec": SPEC, "optimizers": [{"label": "adam"}], "updates": 5, "every": 5, "size": 5}
    answer = (await client.post(PATH, json=asked)).json()
    spec = TrainingSpec(PROGRAM, DataSpec(samples=60), batch_size=8)
    wanted = landscape(spec, runners=(Runner("adam", OptimizerSpec()),), updates=5, every=5, size=5)
    assert answer["paths"][0]["losses"] == wanted.tracks[0].losses.tolist()


async def test_two_trained_numbers_may_start_anywhere(client: httpx.AsyncClient, problem: Problem) -> None:
    listed = await valley(client, "banana")
    asked = {"spec": listed["spec"], "optimizers": listed["optimizers"], "updates": 8, "size": 5}
    answer = (await client.post(PATH, json=asked | {"start": [1.5, -0.5]})).json()
    assert answer["start"] == [1.5, -0.5]
    refused = await client.post(PATH, json={"spec": SPEC, "updates": 8, "start": [0, 0]})
    assert problem(refused, 422, "not_two_numbers")["parameters"]["numbers"] == 27
    assert (await client.post(PATH, json=asked | {"start": [1]})).status_code == 422
