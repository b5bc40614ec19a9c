"""Exports: the scripts print the accuracy of the frame in a process of their own."""

import io
import json
import subprocess
import sys

import numpy as np
import pytest

from engine.learning import DataSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.exports import numpy_script, pytorch_script, weights_json, weights_npz

HAND = (
    "W = he(2, 3); lam = 0.01; M = [[1, 2, 0.5]]\n"
    "scores = (X > 0) @ W * M + X @ W\nloss = hinge_loss(scores, y) + lam * sum(W**2)"
)
SPECS = {
    "default": TrainingSpec(write_program(2, (8,), 3), DataSpec(samples=60), batch_size=8),
    "logistic, own features": TrainingSpec(
        write_program(4, (4,), 2, loss="logistic"),
        DataSpec("circles", 2, 60, 0.2),
        features=("x", "r", "theta", "exp(-x^2)"),
        batch_size=8,
    ),
    "squared classes": TrainingSpec(
        write_program(2, (4,), 3, "tanh", loss="squared"), DataSpec(samples=60), batch_size=8
    ),
    "by hand": TrainingSpec(HAND, DataSpec(samples=60), batch_size=8),
    "digits": TrainingSpec(write_program(64, (), 10), DataSpec("digits", 10, 200, 0.0)),
    "values": TrainingSpec(write_program(2, (4,), 1, loss="squared"), DataSpec.default("bump")),
    "no scores": TrainingSpec(
        "W = he(2, 3)\nloss = cross_entropy(X @ W, y)", DataSpec(samples=60), batch_size=8
    ),
}


@pytest.mark.parametrize("name", SPECS)
def test_the_numpy_script_prints_what_the_page_shows(name: str) -> None:
    spec = SPECS[name]
    state, shown = run_slice(spec, start(spec), 60)
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


@pytest.mark.parametrize("name", SPECS)
def test_the_pytorch_script_is_python_with_the_same_points(name: str) -> None:
    spec = SPECS[name]
    script = pytorch_script(spec, start(spec))
    compile(script, "net", "exec")
    assert "class Net(nn.Module):" in script
    for line in numpy_script(spec, start(spec)).splitlines():
        if line.startswith(("X_train", "y_train")):
            assert line in script


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
