"""Training: datasets, the layer builder, optimizers, and `run_slice`, a pure function.

spec = TrainingSpec(write_program(classes=3))
state, frame = run_slice(spec, start(spec), 1000)
frame.accuracy.validation
"""

from engine.learning.datasets import DATASETS, Data, DataSet, sample
from engine.learning.frames import EXTENT, Boundary, Frame, Losses, Split, frame
from engine.learning.layers import write_program
from engine.learning.optimizers import OPTIMIZERS, Optimizer
from engine.learning.slices import carry_over, run_slice, start, updates_to_epoch_end
from engine.learning.spec import DataSpec, OptimizerSpec, TrainingSpec
from engine.learning.state import TrainingState

__all__ = [
    "DATASETS",
    "EXTENT",
    "OPTIMIZERS",
    "Boundary",
    "Data",
    "DataSet",
    "DataSpec",
    "Frame",
    "Losses",
    "Optimizer",
    "OptimizerSpec",
    "Split",
    "TrainingSpec",
    "TrainingState",
    "carry_over",
    "frame",
    "run_slice",
    "sample",
    "start",
    "updates_to_epoch_end",
    "write_program",
]
