"""A trained net taken away through the API."""

import base64
import json

import httpx
import pytest

from app.encoding import to_msgpack
from engine.learning import DataSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.exports import weights_json, weights_npz
from engine.learning.scripts import numpy_script, pytorch_script

pytestmark = pytest.mark.anyio

SPEC = TrainingSpec(write_program(2, (4,), 3), DataSpec(samples=60), batch_size=8)
ASKED = {"program": SPEC.program, "data": {"name": "spiral", "samples": 60}, "batch_size": 8}


async def test_every_target_is_a_file_of_the_state(client: httpx.AsyncClient) -> None:
    state, _ = run_slice(SPEC, start(SPEC), 20)
    packed = base64.b64encode(to_msgpack(state.to_plain())).decode()
    wanted = {
        "json": weights_json(SPEC, state),
        "npz": weights_npz(state),
        "numpy": numpy_script(SPEC, state).encode(),
        "pytorch": pytorch_script(SPEC, state).encode(),
    }
    for target, content in wanted.items():
        response = await client.post(
            "/api/v1/trainings/export", json={"spec": ASKED, "state": packed, "target": target}
        )
        assert response.status_code == 200, response.text
        assert "attachment; filename=" in response.headers["content-disposition"]
        if target == "npz":
            assert len(response.content) == len(content)
        else:
            assert response.content == content


async def test_an_unknown_target_is_a_problem(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/trainings/export", json={"spec": ASKED, "target": "onnx"})
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"


async def test_weights_taken_away_are_put_back(client: httpx.AsyncClient) -> None:
    state, _ = run_slice(SPEC, start(SPEC), 20)
    file = json.loads(weights_json(SPEC, state))
    asked = {"spec": ASKED, "parameters": file["parameters"], "step": file["step"]}
    answer = await client.post("/api/v1/trainings/weights", json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json()["step"] == 20
    again = await client.post(
        "/api/v1/trainings/export", json={"spec": ASKED, "state": answer.json()["state"], "target": "json"}
    )
    assert again.json() == file
    asked["parameters"] = file["parameters"][1:]
    refused = await client.post("/api/v1/trainings/weights", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_weights")
