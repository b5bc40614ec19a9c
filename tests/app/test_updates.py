"""One update over HTTP: the numbers are the engine's, and the state is the one a run comes to."""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import pytest

from app.encoding import to_msgpack
from app.schemas.updates import UpdateAnswer
from app.states import fingerprint
from engine.learning import (
    DataSpec,
    OptimizerSpec,
    StopSpec,
    TrainingSpec,
    run_slice,
    start,
    write_program,
)

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

PATH = "/api/v1/trainings/update"
SPEC = TrainingSpec(
    write_program(2, (8,), 3),
    DataSpec("spiral", 3, 120, 0.1, 3),
    OptimizerSpec("adam", 0.02),
    batch_size=16,
    seed=5,
)
ASKED: dict[str, Any] = {
    "program": SPEC.program,
    "data": {"name": "spiral", "classes": 3, "samples": 120, "noise": 0.1, "seed": 3},
    "batch_size": 16,
    "seed": 5,
}


async def test_an_update_is_taken_apart_and_leads_where_the_run_does(client: httpx.AsyncClient) -> None:
    before, _ = run_slice(SPEC, start(SPEC), 8)
    after, _ = run_slice(SPEC, before, 1)
    packed = base64.b64encode(to_msgpack(before.to_plain())).decode()
    element = {"parameter": "W1", "index": [1, 3]}
    response = await client.post(PATH, json={"spec": ASKED, "state": packed, "element": element})
    assert response.status_code == 200, response.text
    UpdateAnswer.model_validate_json(response.content)
    answer = response.json()
    content = to_msgpack(after.to_plain())
    assert answer["state"] == base64.b64encode(content).decode()
    assert answer["fingerprint"] == fingerprint(content)
    assert answer["before"] == fingerprint(base64.b64decode(packed))
    assert (answer["step"], answer["updates"], answer["optimizer"]) == (8, 9, "adam")
    W1 = next(parameter for parameter in answer["parameters"] if parameter["name"] == "W1")
    assert np.array_equal(np.array(W1["after"], np.float32), after.parameters["W1"])
    assert [slot["name"] for slot in W1["slots"]] == ["first_moment", "second_moment"]
    found = answer["element"]
    assert found["numbers"]["after"] == float(after.parameters["W1"][1, 3])
    assert found["symbols"]["first_unbiased"] == r"\hat m_t"
    assert found["lines"][-1]["latex"] == "{before} + {step}"
    names = [statement["name"] for statement in answer["statements"]]
    assert names[-4:] == ["scores", "data_loss", "regularization", "loss"]
    assert answer["finished"] is answer["stopped"] is None


async def test_what_was_watched_goes_along_and_a_state_of_another_rule_is_carried_over(
    client: httpx.AsyncClient,
) -> None:
    spec = replace(SPEC, stop=StopSpec(patience=9))
    before, _ = run_slice(spec, start(spec), 20)
    assert before.watch is not None
    packed = base64.b64encode(to_msgpack(before.to_plain())).decode()
    asked = ASKED | {"stop": {"patience": 9}}
    answer = (await client.post(PATH, json={"spec": asked, "state": packed})).json()
    after, _ = run_slice(spec, before, 1)
    assert answer["fingerprint"] == fingerprint(to_msgpack(after.to_plain()))
    other = asked | {"optimizer": {"name": "sgd", "learning_rate": 0.1}}
    answer = (await client.post(PATH, json={"spec": other, "state": packed})).json()
    assert (answer["step"], answer["updates"], answer["optimizer"]) == (20, 1, "sgd")


async def test_large_tensors_are_summed_up_and_many_small_ones_fit(client: httpx.AsyncClient) -> None:
    spec = ASKED | {"program": write_program(2, (100, 100), 3), "batch_size": 64}
    answer = (await client.post(PATH, json={"spec": spec})).json()
    assert answer["element"] is None
    W2 = next(parameter for parameter in answer["parameters"] if parameter["name"] == "W2")
    assert W2["after"]["shape"] == [100, 100]
    assert len(W2["after"]["preview"]) == 16
    declared = "\n".join(f"p{i} = normal(32, 32)" for i in range(60))
    penalty = " + ".join(f"sum(p{i}**2)" for i in range(60))
    program = f"W = he(2, 3)\n{declared}\nloss = cross_entropy(X @ W, y) + {penalty}"
    many = await client.post(PATH, json={"spec": ASKED | {"program": program}})
    assert many.status_code == 200, many.text
    assert many.json()["parameters"][-1]["after"]["truncated"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "!"}, "bad_state"),
        ({"spec": ASKED | {"program": "loss = 1"}}, "no_points"),
        ({"element": {"parameter": "W9", "index": [0]}}, "unknown_name"),
        ({"element": {"parameter": "W1", "index": [0]}}, "wrong_index"),
        ({"element": {"parameter": "W1", "index": [0, 8]}}, "out_of_range"),
        ({"element": {"parameter": "W1", "index": [-1, 0]}}, "invalid_request"),
        ({"step": 3}, "invalid_request"),
    ],
)
async def test_what_cannot_be_taken_apart_is_one_problem(
    client: httpx.AsyncClient, problem: Problem, change: dict[str, Any], code: str
) -> None:
    problem(await client.post(PATH, json={"spec": ASKED} | change), 422, code)


async def test_a_refused_update_comes_with_its_reason(client: httpx.AsyncClient) -> None:
    spec = ASKED | {"program": "W = he(2, 3)\nloss = sum(sqrt(X @ W - 10))", "batch_size": 8}
    answer = (
        await client.post(PATH, json={"spec": spec, "element": {"parameter": "W", "index": [0, 0]}})
    ).json()
    assert answer["finished"]["code"] == "not_finite"
    assert answer["element"]["numbers"]["after"] == "NaN"
