"""What there is to see of a training run after a slice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.learning.boundary import Boundary, boundary
from engine.learning.descent import Descent
from engine.learning.features import featured
from engine.learning.hidden import hidden_layers
from engine.learning.measures import Confusion, Losses, Measured, Split, measure
from engine.learning.network import network
from engine.learning.numbers import Values, values
from engine.learning.place import Place, place
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.statistics import (
    LayerStatistics,
    Motion,
    ParameterStatistics,
    layer_statistics,
    parameter_statistics,
)
from engine.learning.stopping import Stopped
from engine.learning.unit_maps import UnitMaps, unit_maps
from engine.learning.views import NO_PARTS, Parts
from engine.learning.warp import Warp, warp


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A training run as it stands: measured over all points, not over the last minibatch.

    `accuracy`, `confusion` and `boundary` need classes and a program with `scores`, a boundary also
    points in the plane. `parameters` and `layers` are statistics, in the program's order.
    `learning_rate` is that of the next update, as the schedule has it. `units`, `values`, `warp`,
    `place` and `chosen`, the class each point is taken for in the order of the data, are there when
    asked for. `stopped` says that the spec's condition is met, and `finished` why the run cannot go
    on; None as long as it can. Losses may be infinite or NaN where the program is.
    """

    step: int
    epoch: int
    losses: Split[Losses]
    accuracy: Split[float | None]
    confusion: Split[Confusion] | None
    boundary: Boundary | None
    parameters: tuple[ParameterStatistics, ...]
    layers: tuple[LayerStatistics, ...]
    learning_rate: float
    units: UnitMaps | None = None
    values: Values | None = None
    warp: Warp | None = None
    chosen: Split[NDArray[np.uint8]] | None = None
    place: Place | None = None
    stopped: Stopped | None = None
    finished: TrainingError | None = None

    def to_plain(self) -> dict[str, object]:
        """Maps, lists, numbers and bytes; but for `finished`, which whoever answers words as a problem."""
        return {
            "step": self.step,
            "epoch": self.epoch,
            "losses": {
                "train": self.losses.train.to_plain(),
                "validation": self.losses.validation.to_plain(),
            },
            "accuracy": {"train": self.accuracy.train, "validation": self.accuracy.validation},
            "confusion": None
            if self.confusion is None
            else {
                "train": self.confusion.train.tolist(),
                "validation": self.confusion.validation.tolist(),
            },
            "boundary": None if self.boundary is None else self.boundary.to_plain(),
            "parameters": [parameter.to_plain() for parameter in self.parameters],
            "layers": [layer.to_plain() for layer in self.layers],
            "learning_rate": self.learning_rate,
            "units": None if self.units is None else self.units.to_plain(),
            "values": None if self.values is None else self.values.to_plain(),
            "warp": None if self.warp is None else self.warp.to_plain(),
            "chosen": None
            if self.chosen is None
            else {
                "train": self.chosen.train.tobytes(),
                "validation": self.chosen.validation.tobytes(),
            },
            "place": None if self.place is None else self.place.to_plain(),
            "stopped": None if self.stopped is None else self.stopped.to_plain(),
        }


def frame(
    spec: TrainingSpec,
    state: TrainingState,
    parts: Parts = NO_PARTS,
    motion: Motion | None = None,
    stopped: Stopped | None = None,
    finished: TrainingError | None = None,
) -> Frame:
    """Measure a state: three forward passes, over the training points, the validation points, the plane.

    `motion` is the state's own, where it is known already; otherwise the gradient of the next
    minibatch is computed here, and there is no last update to tell of.
    """
    net, data = network(spec), featured(spec.data, spec.features)
    layers = hidden_layers(net)
    edges = tuple([layer.local_edge for layer in layers if layer.local_edge is not None])
    classes = spec.data.classes
    with np.errstate(all="ignore"):
        motion = motion or _standing(spec, state)
        train = measure(net, state.parameters, data.X_train, data.y_train, classes, edges)
        validation = measure(net, state.parameters, data.X_validation, data.y_validation, classes)
        return Frame(
            step=state.step,
            epoch=state.epoch,
            losses=Split(train.losses, validation.losses),
            accuracy=Split(train.accuracy, validation.accuracy),
            confusion=None
            if train.confusion is None or validation.confusion is None
            else Split(train.confusion, validation.confusion),
            boundary=boundary(spec, net, state.parameters),
            parameters=parameter_statistics(net.parameters, motion),
            layers=layer_statistics(layers, train.local),
            learning_rate=spec.rate(state.epoch, state.position, spec.updates_per_epoch),
            units=unit_maps(spec, net, state.parameters) if parts.units else None,
            values=values(spec, net, state, motion) if parts.values else None,
            warp=None if parts.hidden is None else warp(spec, net, state.parameters, parts.hidden),
            chosen=_chosen(train, validation) if parts.chosen else None,
            place=None if parts.place is None else place(spec, net, state.parameters, parts.place),
            stopped=stopped,
            finished=finished,
        )


def _chosen(train: Measured, validation: Measured) -> Split[NDArray[np.uint8]] | None:
    if train.chosen is None or validation.chosen is None:
        return None
    return Split(train.chosen.astype(np.uint8), validation.chosen.astype(np.uint8))


def _standing(spec: TrainingSpec, state: TrainingState) -> Motion:
    descent = Descent(spec, state)
    descent.look()
    return Motion(descent.theta, descent.gradient)
