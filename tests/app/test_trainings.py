"""Trainings over HTTP: the layer builder and any minibatch as a graph."""

import base64
from typing import Any

import httpx
import pytest

from app.encoding import to_msgpack
from engine import trace
from engine.learning import DataSpec, TrainingSpec, open_batch, run_slice, start, write_program

pytestmark = pytest.mark.anyio

SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 120, 0.1, 3), batch_size=16, seed=5)
ASKED: dict[str, Any] = {
    "program": SPEC.program,
    "data": {"name": "spiral", "classes": 3, "samples": 120, "noise": 0.1, "seed": 3},
    "batch_size": 16,
    "seed": 5,
}


async def batch(client: httpx.AsyncClient, spec: dict[str, Any] = ASKED, **fields: Any) -> httpx.Response:
    return await client.post("/api/v1/trainings/batch", json={"spec": spec, **fields})


async def test_the_builder_writes_what_is_asked_for(client: httpx.AsyncClient) -> None:
    asked = {"hidden": [4, 3], "classes": 2, "activation": ["gelu", "tanh"], "loss": "logistic"}
    asked |= {"regularizer": "elastic", "regularization_l1": 0.01, "initializer": "normal", "scale": 0.5}
    response = await client.post("/api/v1/trainings/program", json=asked)
    assert response.json()["program"] == write_program(
        2,
        (4, 3),
        2,
        ("gelu", "tanh"),
        loss="logistic",
        regularizer="elastic",
        regularization_l1=0.01,
        initializer="normal",
        scale=0.5,
    )


async def test_an_impossible_network_is_a_problem(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/trainings/program", json={"classes": 3, "loss": "logistic"})
    assert response.status_code == 422
    assert response.json()["code"] == "not_two_classes"


async def test_the_first_minibatch_opens_as_a_graph(client: httpx.AsyncClient) -> None:
    answer = (await batch(client)).json()
    opened = open_batch(SPEC, start(SPEC))
    expected = trace(SPEC.program, opened.inputs)
    assert answer["value"] == pytest.approx(float(expected.value))
    assert answer["source"] == SPEC.program
    assert answer["batch"] == {"epoch": 0, "position": 0, "points": opened.points.tolist()}
    assert set(answer["gradients"]) == {"X", "W1", "b1", "W2", "b2"}
    X = next(node for node in answer["nodes"] if node["name"] == "X")
    assert X["value"] == opened.inputs["X"].tolist()


async def test_a_state_handed_in_opens_its_next_minibatch_or_any_other(client: httpx.AsyncClient) -> None:
    state, _ = run_slice(SPEC, start(SPEC), 8)
    packed = base64.b64encode(to_msgpack(state.to_plain())).decode()
    answer = (await batch(client, state=packed)).json()
    assert answer["batch"]["epoch"] == state.epoch == 1
    assert answer["batch"]["position"] == state.position == 32
    assert answer["value"] == pytest.approx(float(trace(SPEC.program, open_batch(SPEC, state).inputs).value))
    other = (await batch(client, state=packed, epoch=0, position=16)).json()
    assert other["batch"]["points"] == open_batch(SPEC, state, 0, 16).points.tolist()


async def test_a_loss_that_is_not_the_last_statement_is_what_backward_starts_from(
    client: httpx.AsyncClient,
) -> None:
    program = "W = he(2, 3)\nloss = cross_entropy(X @ W, y)\nseen = sum(X)"
    answer = (await batch(client, ASKED | {"program": program})).json()
    assert answer["output"] == "loss"


@pytest.mark.parametrize("layers", [1, 4])
async def test_a_minibatch_of_256_at_width_100_opens(client: httpx.AsyncClient, layers: int) -> None:
    spec = ASKED | {
        "program": write_program(2, (100,) * layers, 3),
        "data": {"name": "spiral", "classes": 3, "samples": 600, "noise": 0.1, "seed": 3},
        "batch_size": 256,
    }
    response = await batch(client, spec, lump=["sigmoid"], copies=True)
    assert response.status_code == 200, response.text
    answer = response.json()
    hidden = next(node for node in answer["nodes"] if node["name"] == "h1")
    assert hidden["shape"] == [256, 100]
    assert hidden["value"]["truncated"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"position": 90}, "out_of_range"),
        ({"epoch": 10_001}, "out_of_range"),
        ({"state": "!"}, "bad_state"),
        ({"full": ["n999"]}, "unknown_id"),
        ({"spec": ASKED | {"program": "W = he(2, 3)\nloss = sum(W)"}}, "no_points"),
        ({"spec": ASKED | {"clip": {"by": "rank"}}}, "unknown_name"),
    ],
)
async def test_what_cannot_be_opened_is_a_problem(
    client: httpx.AsyncClient, fields: dict[str, Any], code: str
) -> None:
    response = await batch(client, **fields)
    assert response.status_code == 422
    assert response.json()["code"] == code
    assert response.json()["hint"]


async def test_the_catalogue_lists_what_a_training_is_made_of(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/api/v1/datasets")).json()
    assert [entry["name"] for entry in answer["schedules"]] == [
        *("constant", "step", "exponential", "cosine", "inverse")
    ]
    assert [entry["name"] for entry in answer["optimizers"]] == [
        *("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "adagrad")
    ]
    assert [entry["name"] for entry in answer["activation_entries"]] == answer["activations"]
    for table in ("clippings", "initializers", "losses", "regularizers", "schedules", "activation_entries"):
        assert all(entry["doc"].endswith(".") for entry in answer[table])


async def test_a_batch_is_asked_for_again_with_its_inputs(client: httpx.AsyncClient) -> None:
    program = write_program(2, (100, 100), 3)
    spec = ASKED | {"program": program, "batch_size": 256, "data": ASKED["data"] | {"samples": 500}}
    answer = (await batch(client, spec, inputs=True)).json()
    assert answer["loss"] is None
    W2 = next(node for node in answer["nodes"] if node["name"] == "W2")
    assert W2["value"]["truncated"]
    question = {"source": answer["source"], "inputs": answer["inputs"]}
    assert len(httpx.Request("POST", "http://x", json=question).content) > 64 * 1024
    again = (await client.post("/api/v1/trainings/graph", json=question)).json()
    assert again["value"] == answer["value"]
    assert again["nodes"] == answer["nodes"]
    code = await client.post("/api/v1/trainings/graph/code", json=question | {"target": "dot"})
    assert "digraph" in code.json()["code"]


async def test_what_is_minimized_comes_with_a_batch(client: httpx.AsyncClient) -> None:
    program = "W = he(2, 3)\nloss = cross_entropy(X @ W, y)\nseen = sum(X)"
    answer = (await batch(client, ASKED | {"program": program}, inputs=True)).json()
    question = {name: answer[name] for name in ("source", "inputs")} | {"output": answer["loss"]}
    again = (await client.post("/api/v1/trainings/graph", json=question)).json()
    assert again["output"] == "loss"
    assert again["gradients"] == answer["gradients"]
    assert "inputs" not in (await batch(client)).json()
