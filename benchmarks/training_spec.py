"""The trainings of one score that are measured: three nets on the same data."""

from engine.learning import DataSpec, OptimizerSpec, TrainingSpec, write_program

NETS = (
    ((2, 4, 2, 1), 10, "tanh"),
    ((2, 8, 8, 8, 8, 8, 8, 1), 30, "tanh"),
    ((2, 64, 64, 1), 64, "relu"),
)
"""Sizes of the layers, points of a minibatch, activation."""
# 960 of them are trained on: whole minibatches of each size
DATA = DataSpec("xor", 2, samples=1280)
RATES = {"sgd": 0.05, "adam": 0.002}


def spec_of(sizes: tuple[int, ...], batch: int, activation: str, optimizer: str) -> TrainingSpec:
    """The training that every contestant runs."""
    program = write_program(sizes[0], sizes[1:-1], 2, activation, loss="logistic", regularization=0)
    return TrainingSpec(program, DATA, OptimizerSpec(optimizer, RATES[optimizer]), batch)
