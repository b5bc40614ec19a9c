"""Trainings whose nets are written as scripts, in the tests and for `make golden`."""

import re
from functools import cache
from hashlib import sha256

import numpy as np

from engine import build, trace
from engine.learning import DataSpec, Frame, TrainingSpec, TrainingState, run_slice, start, write_program
from engine.learning.features import featured
from engine.learning.network import network
from engine.limits import TRAINING
from engine.ops.op import Array

UPDATES = 60

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
    "names that are the script's own": TrainingSpec(
        "features = he(2, 4); accuracy = zeros(4); decoded = he(4, 3); forward = zeros(3)\n"
        "h = relu(X @ features + accuracy)\nscores = h @ decoded + forward\nloss = cross_entropy(scores, y)",
        DataSpec(samples=60),
        features=("y", "x * y"),
        batch_size=8,
    ),
    "no labels": TrainingSpec(
        "W = he(2, 1)\nloss = mean((X @ W - 1)**2)", DataSpec(samples=60), batch_size=8
    ),
    "no scores": TrainingSpec(
        "W = he(2, 3)\nloss = cross_entropy(X @ W, y)", DataSpec(samples=60), batch_size=8
    ),
}


@cache
def trained(name: str) -> tuple[TrainingState, Frame]:
    """The state after some updates, and its frame."""
    spec = SPECS[name]
    return run_slice(spec, start(spec), UPDATES)


def answer_of(spec: TrainingSpec, state: TrainingState) -> Array:
    """The scores of the points held out as the engine traces them, or the loss over them."""
    net, data = network(spec), featured(spec.data, spec.features)
    points = {"X": data.X_validation, "y": data.y_validation, **state.parameters}
    graph = build(spec.program, {"X": data.X_validation.shape, "y": data.y_validation.shape}, TRAINING)
    given = {name: array for name, array in points.items() if graph.named(name) is not None}
    output = graph.named("scores" if net.classifies else net.loss)
    assert output is not None
    return trace(graph.with_output(output.key), given, upstream=np.ones(output.shape), limits=TRAINING).value


def hashed(script: str) -> str:
    """The hash of a script's text without what is embedded in it."""
    bare = re.sub(r'decoded\("[^()]*"', 'decoded("..."', script)
    return sha256(bare.encode()).hexdigest()
