"""Training: datasets, the layer builder, optimizers, and `run_slice`, a pure function.

spec = TrainingSpec(write_program(classes=3))
state, frame = run_slice(spec, start(spec), 1000)
frame.accuracy.validation
"""

from engine.learning.batch import open_batch
from engine.learning.boundary import Boundary
from engine.learning.clipping import CLIPPINGS
from engine.learning.datasets import DATASETS, Data, DataSet, OwnPoints, read_csv, sample
from engine.learning.edits import edited
from engine.learning.features import FEATURES, column_names
from engine.learning.frames import Frame, frame
from engine.learning.hidden import HiddenLayer, hidden_layers
from engine.learning.layers import write_program
from engine.learning.measures import Losses, Split
from engine.learning.network import network
from engine.learning.optimizers import OPTIMIZERS, Optimizer
from engine.learning.plane import EXTENT
from engine.learning.schedules import SCHEDULES
from engine.learning.slices import advance, carry_over, run_slice, start, updates_to_epoch_end
from engine.learning.spec import ClipSpec, DataSpec, OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.stopping import Stopped
from engine.learning.views import NO_PARTS, HiddenView, Parts
from engine.learning.warp import layer_units

__all__ = [
    "CLIPPINGS",
    "DATASETS",
    "EXTENT",
    "FEATURES",
    "NO_PARTS",
    "OPTIMIZERS",
    "SCHEDULES",
    "Boundary",
    "ClipSpec",
    "Data",
    "DataSet",
    "DataSpec",
    "Frame",
    "HiddenLayer",
    "HiddenView",
    "Losses",
    "Optimizer",
    "OptimizerSpec",
    "OwnPoints",
    "Parts",
    "ScheduleSpec",
    "Split",
    "StopSpec",
    "Stopped",
    "TrainingSpec",
    "TrainingState",
    "advance",
    "carry_over",
    "column_names",
    "edited",
    "frame",
    "hidden_layers",
    "layer_units",
    "network",
    "open_batch",
    "read_csv",
    "run_slice",
    "sample",
    "start",
    "updates_to_epoch_end",
    "write_program",
]
