"""Nearest neighbours and linear collapse, asked of the API."""

import base64
from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.encoding import to_msgpack
from app.schemas.comparisons import CollapseAnswer, NeighboursAnswer
from engine.learning import EXTENT, DataSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.neighbour_boundary import neighbour_boundary

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

NEIGHBOURS = "/api/v1/trainings/neighbours"
COLLAPSE = "/api/v1/trainings/collapse"
DATA = {"name": "spiral", "samples": 90, "noise": 0.4}
LINEAR = write_program(2, (4, 3), 3, "linear")


async def test_the_boundary_is_the_engines(client: httpx.AsyncClient) -> None:
    response = await client.post(NEIGHBOURS, json={"data": DATA, "k": 5, "size": 32})
    assert response.status_code == 200, response.text
    NeighboursAnswer.model_validate_json(response.content)
    answer = response.json()
    wanted = neighbour_boundary(DataSpec(samples=90, noise=0.4), k=5, size=32)
    assert answer["extent"] == list(EXTENT)
    assert answer["boundary"]["size"] == 32
    classes = np.frombuffer(base64.b64decode(answer["boundary"]["classes"]), np.uint8)
    share = np.frombuffer(base64.b64decode(answer["boundary"]["share"]), np.uint8)
    assert np.array_equal(classes.reshape(32, 32), wanted.classes)
    assert np.array_equal(share.reshape(32, 32), wanted.share)
    assert answer["accuracy"] == {"train": wanted.train, "validation": wanted.validation}
    other = await client.post(
        NEIGHBOURS, json={"data": DATA, "k": 5, "size": 32, "features": ["r", "theta"], "standardized": True}
    )
    assert other.json()["standardized"]
    assert other.json()["boundary"] != answer["boundary"]


async def test_images_have_an_accuracy_and_no_boundary(client: httpx.AsyncClient) -> None:
    answer = (await client.post(NEIGHBOURS, json={"data": {"name": "digits", "samples": 500}, "k": 3})).json()
    assert answer["boundary"] is None
    assert answer["accuracy"]["validation"] > 0.9


async def test_a_deep_linear_net_is_one_layer(client: httpx.AsyncClient) -> None:
    spec = TrainingSpec(LINEAR, DataSpec(samples=90, noise=0.4), batch_size=8)
    state, _ = run_slice(spec, start(spec), 40)
    packed = base64.b64encode(to_msgpack(state.to_plain())).decode()
    asked = {"spec": {"program": LINEAR, "data": DATA, "batch_size": 8}, "state": packed}
    response = await client.post(COLLAPSE, json=asked)
    assert response.status_code == 200, response.text
    CollapseAnswer.model_validate_json(response.content)
    answer = response.json()
    W1, W2, W3 = (state.parameters[name].astype(float) for name in ("W1", "W2", "W3"))
    np.testing.assert_allclose(answer["weights"], W1 @ W2 @ W3, rtol=1e-9)
    assert answer["formula"] == ["W4 = W1 @ W2 @ W3", "b4 = (b1 @ W2 + b2) @ W3 + b3"]
    assert answer["difference"] < 1e-5 * answer["largest"]
    assert answer["features"] == ["x", "y"]
    fresh = (await client.post(COLLAPSE, json={"spec": asked["spec"]})).json()
    assert fresh["weights"] != answer["weights"]


async def test_a_net_with_an_activation_is_a_problem_that_names_it(
    client: httpx.AsyncClient, problem: Problem
) -> None:
    program = write_program(2, (4, 4), 3, ("linear", "tanh"))
    response = await client.post(COLLAPSE, json={"spec": {"program": program, "data": DATA, "batch_size": 8}})
    document = problem(response, 422, "not_linear")
    assert document["parameters"] == {"op": "tanh"}
    assert "tanh" in program[slice(*document["span"])]


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        (NEIGHBOURS, {"k": 0}, "out_of_range"),
        (NEIGHBOURS, {"data": {"name": "plane"}}, "no_classes"),
        (NEIGHBOURS, {"features": ["relu"]}, "bad_feature"),
        (NEIGHBOURS, {"data": {"name": "spiral", "samples": 20_000}, "size": 128}, "limit"),
        (COLLAPSE, {"spec": {"program": LINEAR}, "state": "!"}, "bad_state"),
        (COLLAPSE, {"spec": {"program": "W = he(2, 3)\nloss = cross_entropy(X @ W, y)"}}, "no_scores"),
    ],
)
async def test_what_cannot_be_asked_is_a_problem(
    client: httpx.AsyncClient, problem: Problem, path: str, asked: dict[str, Any], code: str
) -> None:
    assert problem(await client.post(path, json=asked), 422, code)["hint"]
