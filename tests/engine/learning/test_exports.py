"""Exports: the scripts print the accuracy of the frame when they are run by themselves, PyTorch's too."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from exported import SPECS, answer_of, hashed, trained

from engine.learning import run_slice, start
from engine.learning.exports import weights_json, weights_npz
from engine.learning.scripts import numpy_script, pytorch_script

GOLDEN = Path(__file__).parents[2] / "golden"
STORED = json.loads((GOLDEN / "exports.json").read_text(encoding="utf-8"))["scripts"]


@pytest.mark.parametrize("name", SPECS)
def test_the_numpy_script_prints_what_the_page_shows(name: str) -> None:
    spec = SPECS[name]
    state, shown = trained(name)
    script = numpy_script(spec, state)
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-"], input=script, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    printed = {line.split()[0]: line.split(" = ") for line in done.stdout.splitlines()}
    for part in ("train", "validation"):
        words, value = printed[part]
        accuracy = getattr(shown.accuracy, part)
        if accuracy is None:
            assert words == f"{part} loss"
            assert float(value) == pytest.approx(getattr(shown.losses, part).total, rel=1e-5)
        else:
            assert words == f"{part} accuracy"
            assert float(value) == accuracy


def test_every_script_was_run_by_pytorch() -> None:
    assert set(STORED) == set(SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_the_pytorch_script_is_what_was_run_and_scored_as_the_engine_does(name: str) -> None:
    spec, stored = SPECS[name], STORED[name]
    state, shown = trained(name)
    script = pytorch_script(spec, state)
    assert hashed(script) == stored["text"], "run `make golden`"
    compile(script, "net", "exec")
    same = [line for line in numpy_script(spec, state).splitlines() if line.startswith(("X_", "y_"))]
    assert [line for line in script.splitlines() if line.startswith(("X_", "y_"))] == same
    answer = np.atleast_1d(answer_of(spec, state))[: len(stored["answer"])]
    np.testing.assert_allclose(answer, stored["answer"], rtol=1e-4, atol=1e-5)
    printed = {line.split()[0]: float(line.split(" = ")[1]) for line in stored["printed"]}
    for part in ("train", "validation"):
        accuracy = getattr(shown.accuracy, part)
        expected = getattr(shown.losses, part).total if accuracy is None else accuracy
        assert printed[part] == pytest.approx(expected, rel=1e-4)


def test_weights_are_the_states() -> None:
    spec = SPECS["default"]
    state, shown = run_slice(spec, start(spec), 20)
    content = json.loads(weights_json(spec, state))
    assert content["accuracy"]["train"] == shown.accuracy.train
    with np.load(io.BytesIO(weights_npz(state))) as loaded:
        assert set(loaded) == set(state.parameters)
        for entry in content["parameters"]:
            array = state.parameters[entry["name"]]
            assert np.array_equal(loaded[entry["name"]], array)
            assert np.array_equal(np.array(entry["values"], np.float32), array)
