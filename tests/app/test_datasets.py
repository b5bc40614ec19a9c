"""Data sets by their points, points of one's own, CSV text."""

from collections.abc import Callable
from typing import Any

import httpx
import msgpack
import pytest

from app.encoding import join_entries
from app.schemas.data import CsvAnswer, SampledPoints
from app.schemas.live import Ready
from app.schemas.trainings import TrainingRequest
from app.slices import open_training
from engine.learning import DATASETS, FEATURES, write_program

pytestmark = pytest.mark.anyio

Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

OWN = {"x": [0.1 * k for k in range(8)], "y": [0.5] * 8, "label": [0, 1] * 4}


async def test_the_table_says_what_may_be_asked_for(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/api/v1/datasets")).json()
    entries = {entry["name"]: entry for entry in answer["datasets"]}
    assert list(entries) == list(DATASETS)
    assert entries["spiral"]["sample_range"] == [8, 20_000]
    assert entries["spiral"]["kind"] == "classes"
    assert entries["saddle"]["kind"] == "values"
    assert entries["saddle"]["class_range"] == [1, 1]
    digits = entries["digits"]
    assert (digits["in_plane"], digits["columns"], digits["most_per_class"]) == (False, 64, 174)
    assert digits["sample_range"] == [8, 1740]
    assert "CC BY 4.0" in digits["source"]
    assert [feature["name"] for feature in answer["features"]] == list(FEATURES)


@pytest.mark.parametrize("name", DATASETS)
async def test_points_of_every_data_set(name: str, client: httpx.AsyncClient) -> None:
    answer = (await client.get(f"/api/v1/datasets/{name}")).json()
    SampledPoints.model_validate(answer)
    record = DATASETS[name]
    assert (answer["samples"], answer["kind"]) == (record.samples, record.kind)
    train = answer["train"]
    points = len(train["label"] or train["value"])
    assert len(train["x"]) == (points if record.in_plane else 0)
    assert len(train["columns"]) == (0 if record.in_plane else points)
    assert bool(train["label"]) == (record.kind == "classes")


async def test_balance_and_shares(client: httpx.AsyncClient) -> None:
    query = "classes=2&samples=100&balance=1&balance=3&validation_share=0.2&test_share=0.2"
    answer = (await client.get(f"/api/v1/datasets/spiral?{query}")).json()
    assert answer["balance"] == [1, 3]
    labels = [label for part in ("train", "validation", "test") for label in answer[part]["label"]]
    assert (labels.count(0), labels.count(1)) == (25, 75)
    assert len(answer["test"]["x"]) == len(answer["validation"]["x"]) == 20


async def test_points_of_ones_own(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/datasets/sample", json={"name": "own", "own": OWN})
    answer = SampledPoints.model_validate_json(response.content)
    assert (answer.name, answer.classes, answer.samples) == ("own", 2, 8)
    assert sorted(answer.train.x + answer.validation.x) == pytest.approx(OWN["x"])
    own = {**OWN, "held_out": [True, True] + [False] * 6}
    response = await client.post("/api/v1/datasets/sample", json={"name": "own", "own": own})
    answer = SampledPoints.model_validate_json(response.content)
    assert answer.validation.x == pytest.approx(OWN["x"][:2])
    assert answer.train.x == pytest.approx(OWN["x"][2:])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "own"}, "no_own_points"),
        ({"name": "spiral", "own": OWN}, "not_of_own_points"),
        ({"name": "own", "own": {**OWN, "label": [0] * 8}}, "one_class"),
        ({"name": "own", "own": {**OWN, "x": [0.5]}}, "unequal_columns"),
        ({"name": "own", "own": {**OWN, "held_out": [False] * 8}}, "none_held_out"),
        ({"name": "own", "own": {**OWN, "x": [10**400] * 8}}, "invalid_request"),
        ({"name": "own", "own": {"x": [], "y": []}}, "invalid_request"),
        ({"name": "own", "own": {**OWN, "label": [0.5] * 8}}, "invalid_request"),
        ({"name": "spiral", "balance": [1]}, "wrong_balance"),
        ({"name": "digits", "samples": 5000}, "too_many_of_a_class"),
    ],
)
async def test_impossible_data(
    body: dict[str, Any], code: str, client: httpx.AsyncClient, problem: Problem
) -> None:
    problem(await client.post("/api/v1/datasets/sample", json=body), 422, code)


async def test_csv_text_becomes_points_that_can_be_trained_on(client: httpx.AsyncClient) -> None:
    text = "width;height;kind\n" + "".join(
        f"{k},5;{k * k};{'even' if k % 2 == 0 else 'odd'}\n" for k in range(9)
    )
    response = await client.post("/api/v1/datasets/csv", json={"text": text})
    answer = response.json()
    CsvAnswer.model_validate(answer)
    assert answer["classes"] == ["even", "odd"]
    assert answer["sizes"] == [5, 4]
    assert answer["columns"] == ["width", "height", "kind"]
    assert (answer["separator"], answer["header"], answer["rows"]) == ("semicolon", True, 9)
    assert (answer["scaled"], answer["centre"], answer["scale"]) == (True, [4.5, 32], 32)
    data = {"name": "own", "own": answer["own"]}
    sampled = await client.post("/api/v1/datasets/sample", json=data)
    assert sampled.json()["samples"] == 9
    spec = {"program": "W = zeros(2, 2)\nloss = cross_entropy(X @ W, y)", "data": data, "batch_size": 4}
    opened = await client.post("/api/v1/trainings/batch", json={"spec": spec})
    assert opened.status_code == 200, opened.text


async def test_csv_text_as_it_is(client: httpx.AsyncClient) -> None:
    text = "3,4,0\n" * 4 + "5,6,1\n" * 4
    answer = (await client.post("/api/v1/datasets/csv", json={"text": text, "scale": False})).json()
    assert answer["own"]["x"] == [3] * 4 + [5] * 4
    assert (answer["scaled"], answer["scale"]) == (False, 1)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("x,y,label\n1,2,a\n1,abc,b\n", "not_a_number", "line 3: `abc`"),
        ("1,2,a\n1,,b\n", "empty_cell", "line 2: `y` is empty"),
        ("1,2,a\n" * 9, "one_class", "every label is `a`"),
        ("1,2,a\n" * 9 + "1,2,b\n", "too_few_points", "line 10: `b` in column `label` is the label of 1 row"),
        ("1,2,a\n1,2\n", "unequal_columns", "line 2: there are 2 columns"),
        ("1,nan,a\n", "bad_coordinate", "line 1: `nan`"),
        ("1,2,3\n" * 100_000, "limit", "points in a data set: 100,000"),
    ],
)
async def test_what_is_wrong_with_csv_text(
    text: str, code: str, says: str, client: httpx.AsyncClient, problem: Problem
) -> None:
    document = problem(await client.post("/api/v1/datasets/csv", json={"text": text}), 422, code)
    assert says in document["detail"]
    assert document["hint"]


async def test_features_of_a_training(client: httpx.AsyncClient, problem: Problem) -> None:
    spec: dict[str, Any] = {
        "program": "W = zeros(3, 2)\nloss = cross_entropy(X @ W, y)",
        "data": {"name": "circles"},
        "features": ["r", "theta", "sin(3 * r)"],
    }
    opened = await client.post("/api/v1/trainings/batch", json={"spec": spec})
    assert opened.status_code == 200, opened.text
    inputs = {node["name"]: node for node in opened.json()["nodes"] if node["op"] == "input"}
    assert inputs["X"]["shape"] == [32, 3]
    spec["features"] = ["r", "theta", "sin(3 * q)"]
    document = problem(await client.post("/api/v1/trainings/batch", json={"spec": spec}), 422, "bad_feature")
    assert document["span"] == [8, 9]
    assert document["parameters"]["feature"] == "sin(3 * q)"


@pytest.mark.parametrize("name", [*DATASETS, "own"])
async def test_every_kind_of_data_can_be_trained_on(name: str) -> None:
    record = DATASETS.get(name, DATASETS["xor"])
    loss = "squared" if record.kind == "values" else "cross_entropy"
    asked = TrainingRequest.model_validate(
        {
            "program": write_program(record.columns, (4,), record.classes, loss=loss),
            "data": {"name": name} | ({"own": OWN} if name == "own" else {}),
            "batch_size": 4,
        }
    )
    opened = open_training(asked.model_dump(), None, None)
    ready = Ready.model_validate({"version": 1, "type": "ready", "earliest": 0, **opened.ready})
    assert (ready.data.kind, ready.data.in_plane) == (record.kind, record.in_plane)
    train = ready.points.train
    points = len(train.label) or len(train.value) // 4
    assert len(train.x) == len(train.y) == (4 * points if record.in_plane else 0)
    first = msgpack.unpackb(join_entries(opened.first.frame))
    assert (first["boundary"] is not None) == (record.kind == "classes" and record.in_plane)
