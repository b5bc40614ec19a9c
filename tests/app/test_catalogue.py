"""What there is to choose from."""

import httpx
import pytest

from app.schemas.catalogue import DataSets, Examples, Health, Limits, Ops
from app.schemas.data import SampledPoints
from engine.limits import DEFAULT, TRAINING
from engine.ops import OPS

pytestmark = pytest.mark.anyio


async def test_ops_are_the_table(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/ops")
    Ops.model_validate_json(response.content)
    ops = {op["name"]: op for op in response.json()["ops"]}
    assert list(ops) == list(OPS)
    multiply = ops["multiply"]
    assert (multiply["operator"], multiply["signature"], multiply["callable"]) == ("*", "a * b", False)
    assert multiply["pattern"] == "swap"
    assert [derivative["numpy"] for derivative in multiply["derivatives"]] == ["b", "a"]
    assert ops["matmul"]["derivatives"][0]["local_kind"] == "jacobian"
    assert ops["cross_entropy"]["derivatives"][1]["local_kind"] == "none"
    assert ops["relu"]["kinks"]
    assert {"he", "xavier", "zeros"} <= {entry["name"] for entry in response.json()["initializers"]}


async def test_examples(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/examples")
    Examples.model_validate_json(response.content)
    first = response.json()["examples"][0]
    assert list(first) == [
        *("id", "title", "row", "source", "inputs", "upstream", "look", "choice", "view"),
    ]
    assert first["inputs"] == {"x": -2, "y": 5, "z": -4}


async def test_limits_are_the_engines_and_the_servers(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/limits")
    Limits.model_validate_json(response.content)
    limits = {entry["name"]: entry["allowed"] for entry in response.json()["limits"]}
    assert limits["nodes"] == DEFAULT.nodes
    assert limits["training_total_elements"] == TRAINING.total_elements
    assert limits["body"] == 65536
    assert limits["answer_numbers"] == 200_000
    assert all(entry["doc"] for entry in response.json()["limits"])


async def test_datasets(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/datasets")
    DataSets.model_validate_json(response.content)
    answer = response.json()
    assert {entry["name"] for entry in answer["datasets"]} >= {"spiral", "circles"}
    assert {entry["name"] for entry in answer["optimizers"]} >= {"sgd", "momentum", "adam"}
    assert "relu" in answer["activations"]
    assert answer["extent"] == [-1.25, 1.25]


async def test_points_of_a_dataset(client: httpx.AsyncClient) -> None:
    response = await client.get(
        "/api/v1/datasets/spiral", params={"classes": 2, "samples": 40, "noise": 0.5, "seed": 7}
    )
    SampledPoints.model_validate_json(response.content)
    answer = response.json()
    assert (answer["classes"], answer["samples"], answer["noise"], answer["seed"]) == (2, 40, 0.5, 7)
    assert len(answer["train"]["x"]) + len(answer["validation"]["label"]) == 40
    assert set(answer["train"]["label"]) == {0, 1}


@pytest.mark.parametrize(
    "query",
    [
        "classes=1",
        "classes=99",
        "classes=x",
        "samples=1e9",
        "samples=1000000",
        "noise=nan",
        "noise=-1",
        "seed=-1",
    ],
)
async def test_impossible_points(query: str, client: httpx.AsyncClient) -> None:
    response = await client.get(f"/api/v1/datasets/spiral?{query}")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


async def test_unknown_dataset(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/datasets/snail")
    assert response.status_code == 404
    assert response.json()["code"] == "unknown_name"


async def test_unknown_query_field(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/datasets/spiral?sample=3")
    assert response.status_code == 422
    assert response.json()["parameters"]["field"] == "sample"


async def test_layer_builder(client: httpx.AsyncClient) -> None:
    request = {"features": 2, "hidden": [16], "classes": 3, "activation": "relu", "regularization": 0.001}
    response = await client.post("/api/v1/trainings/program", json=request)
    program = response.json()["program"]
    assert "W1 = he(2, 16); b1 = zeros(16)" in program
    assert "scores = h1 @ W2 + b2" in program


@pytest.mark.parametrize(
    "request_",
    [
        {"hidden": [0]},
        {"hidden": [1] * 9},
        {"hidden": [10_000]},
        {"hidden": [True]},
        {"hidden": 16},
        {"classes": 1},
        {"classes": 10**30},
        {"activation": "step"},
        {"regularization": -1},
        {"regularization": True},
        {"layers": []},
    ],
)
async def test_impossible_layers(request_: dict[str, object], client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/trainings/program", json=request_)
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"


async def test_health(client: httpx.AsyncClient) -> None:
    response = await client.get("/healthz")
    Health.model_validate_json(response.content)
    assert response.json()["status"] == "ok"
