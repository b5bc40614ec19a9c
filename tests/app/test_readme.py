"""The calls that the README shows are answered."""

import json
import re
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.anyio

README = Path(__file__).parents[2] / "README.md"
CALLS = re.findall(r"curl (?:-N )?http://[^/]+(/\S+).*?-d '(.*?)'", README.read_text("utf-8"), re.DOTALL)


def test_there_is_a_call_for_each_kind_of_answer() -> None:
    assert [path for path, _ in CALLS] == [*("/api/v1/graph", "/api/v1/trainings", "/api/v1/trainings/sweep")]


@pytest.mark.parametrize(("path", "body"), CALLS)
async def test_call_is_answered(client: httpx.AsyncClient, path: str, body: str) -> None:
    answer = await client.post(path, json=json.loads(body))
    assert answer.status_code == 200, answer.text
    last = json.loads(answer.text.splitlines()[-1])
    assert last.get("type") in {None, "summary"}
