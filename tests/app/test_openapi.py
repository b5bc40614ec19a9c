"""The OpenAPI document: committed, and true."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_committed_document_has_not_drifted() -> None:
    printed = subprocess.run([sys.executable, "-m", "app.openapi"], capture_output=True, check=True)
    assert printed.stdout.decode() == COMMITTED.read_text("utf-8"), "run `make openapi` and commit the result"


async def test_served_document_is_the_committed_one(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/openapi.json")).json() == json.loads(COMMITTED.read_text("utf-8"))


def test_every_reference_resolves() -> None:
    document = json.loads(COMMITTED.read_text("utf-8"))
    wanted = set(references(document))
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert wanted <= known


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for part in value.values() for found in references(part)]
    return [found for part in value for found in references(part)] if isinstance(value, list) else []


def test_every_error_is_a_problem() -> None:
    document = json.loads(COMMITTED.read_text("utf-8"))
    for methods in document["paths"].values():
        for operation in methods.values():
            assert list(operation["responses"]) == ["200", "default"]
            assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]


async def test_no_page_of_a_cdn(client: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc"):
        assert (await client.get(path)).status_code == 404
