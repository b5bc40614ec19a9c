"""Every answer is what the OpenAPI document says: its media type, its fields, all of them and no more."""

import json
from functools import reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter

from app import schemas
from engine.learning import write_program

pytestmark = pytest.mark.anyio

SPEC: dict[str, Any] = {
    "program": write_program(2, (3,), 2, "linear"),
    "data": {"name": "blobs", "classes": 2, "samples": 40},
    "batch_size": 8,
}
STREAM = {
    "spec": {"data": SPEC["data"], "batch_size": 8},
    "network": {"hidden": [2]},
    "updates": 4,
    "every": 2,
}
GRAPH = {"source": "f = sum(x * y)", "inputs": {"x": [1, 2], "y": 3}}
MODELS: dict[str, Any] = {
    name: model
    for module in iter_modules(schemas.__path__, "app.schemas.")
    for name, model in vars(import_module(module.name)).items()
}

ASKED: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("get", "/healthz"): [{}],
    ("get", "/api/v1/ops"): [{}],
    ("get", "/api/v1/examples"): [{}],
    ("get", "/api/v1/limits"): [{}],
    ("get", "/api/v1/datasets"): [{}],
    ("get", "/api/v1/datasets/{name}"): [{"name": "spiral"}, {"name": "digits"}],
    ("post", "/api/v1/datasets/csv"): [{"text": "x,y,label\n" + "0,1,0\n1,0,1\n" * 8}],
    ("post", "/api/v1/datasets/sample"): [{"name": "moons", "samples": 20}],
    ("get", "/api/v1/listings"): [{}],
    ("post", "/api/v1/listings/{name}"): [{"name": "two_layer_net"}],
    ("post", "/api/v1/graph"): [
        GRAPH,
        GRAPH | {"check": True, "jacobians": True, "copies": True},
        {"source": "f = sum(X @ W)", "shapes": {"X": [64, 32], "W": [32, 16]}},
    ],
    ("post", "/api/v1/graph/code"): [
        GRAPH | {"target": target} for target in ("flat", "modular", "pytorch", "latex", "dot")
    ],
    ("post", "/api/v1/trainings/program"): [{"hidden": [4]}],
    ("post", "/api/v1/trainings"): [STREAM | {"state_every": True}],
    ("post", "/api/v1/trainings/sweep"): [STREAM | {"vary": {"seed": [1, 2]}}],
    ("post", "/api/v1/trainings/batch"): [{"spec": SPEC, "inputs": True}],
    ("post", "/api/v1/trainings/update"): [{"spec": SPEC}],
    ("get", "/api/v1/trainings/landscape"): [{}],
    ("post", "/api/v1/trainings/landscape"): [
        {"spec": SPEC, "optimizers": [{"label": "sgd"}], "updates": 3, "size": 5}
    ],
    ("post", "/api/v1/trainings/noise"): [{"spec": SPEC, "sizes": [4, 8], "draws": 4}],
    ("post", "/api/v1/trainings/neighbours"): [{"data": SPEC["data"], "k": 3}],
    ("post", "/api/v1/trainings/collapse"): [{"spec": SPEC}],
    ("post", "/api/v1/trainings/export"): [
        {"spec": SPEC, "target": target} for target in ("json", "npz", "numpy", "pytorch")
    ],
}
ASKED["post", "/api/v1/trainings/weights"] = [
    {
        "spec": SPEC | {"program": "W = he(2, 2)\nscores = X @ W\nloss = cross_entropy(scores, y)"},
        "parameters": [{"name": "W", "values": [[1, 0], [0, 1]]}],
    }
]
ASKED["post", "/api/v1/trainings/graph"] = ASKED["post", "/api/v1/graph"]
ASKED["post", "/api/v1/trainings/graph/code"] = ASKED["post", "/api/v1/graph/code"]


def operations(application: FastAPI) -> dict[tuple[str, str], dict[str, Any]]:
    paths = cast("dict[str, dict[str, Any]]", application.openapi()["paths"])
    return {(method, path): found for path, methods in paths.items() for method, found in methods.items()}


def test_every_operation_is_asked(application: FastAPI) -> None:
    assert set(ASKED) == set(operations(application))


@pytest.mark.parametrize(("method", "path"), ASKED)
async def test_answers_are_as_they_are_described(
    method: str, path: str, application: FastAPI, client: httpx.AsyncClient
) -> None:
    described = operations(application)[method, path]["responses"]["200"]["content"]
    kinds: set[str] = set()
    for asked in ASKED[method, path]:
        body = {key: value for key, value in asked.items() if f"{{{key}}}" not in path}
        answer = await client.request(method, path.format(**asked), json=body if method == "post" else None)
        assert answer.status_code == 200, answer.text
        kind = answer.headers["content-type"].partition(";")[0]
        kinds.add(kind)
        if kind == "application/jsonl":
            for line in answer.text.splitlines():
                require_described(described[kind]["itemSchema"], line)
        elif models_of(described[kind]["schema"]):
            require_described(described[kind]["schema"], answer.text)
        else:
            assert len(answer.content) > 0
    assert kinds == set(described)


def models_of(schema: dict[str, Any]) -> list[Any]:
    """The models that a schema refers to, one or several."""
    parts = [schema, *schema.get("anyOf", [])]
    return [MODELS[part["$ref"].rpartition("/")[2]] for part in parts if "$ref" in part]


def require_described(schema: dict[str, Any], content: str) -> None:
    """Read and written again, it is the same: nothing is missing, nothing is there unsaid."""
    adapter: TypeAdapter[Any] = TypeAdapter(reduce(or_, models_of(schema)))
    read = adapter.validate_json(content)
    assert adapter.dump_python(read, mode="json", exclude_unset=True) == json.loads(content)
