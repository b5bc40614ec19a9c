"""A training as a request describes it, in a worker: its spec, where it starts, what is told of it."""

from collections.abc import Mapping
from math import prod
from typing import Any

from app.data import packed_points, read_data
from app.states import decode, read_state
from engine.errors import InputError
from engine.learning import (
    EXTENT,
    ClipSpec,
    OptimizerSpec,
    ScheduleSpec,
    StopSpec,
    TrainingSpec,
    TrainingState,
    carry_over,
    column_names,
    hidden_layers,
    network,
    sample,
    start,
)
from engine.learning.slices import require_fit


def read_spec(asked: Mapping[str, Any]) -> TrainingSpec:
    """The spec that the fields of a request stand for; raises InputError for one that cannot be."""
    clip, stop = asked["clip"], asked["stop"]
    return TrainingSpec(
        program=asked["program"],
        data=read_data(asked["data"]),
        optimizer=OptimizerSpec(**asked["optimizer"]),
        batch_size=asked["batch_size"],
        seed=asked["seed"],
        schedule=ScheduleSpec(**asked["schedule"]),
        clip=None if clip is None else ClipSpec(**clip),
        stop=None if stop is None else StopSpec(**stop),
        features=tuple(asked["features"]),
    )


def starting_point(spec: TrainingSpec, handed_in: str | None) -> TrainingState:
    """The state that a client handed in, in base64, carried over to the spec; without one, its start.

    Raises InputError for anything that is not a state.
    """
    return start(spec) if handed_in is None else carry_over(spec, read_state(decode(handed_in)))


def resumed(spec: TrainingSpec, state: TrainingState) -> TrainingState:
    """The state itself where it is one of this spec, with all it has watched; else carried over to it."""
    try:
        require_fit(spec, state)
    except InputError:
        return carry_over(spec, state)
    return state


def data_facts(spec: TrainingSpec) -> dict[str, Any]:
    """The points of a training and what they are."""
    return {
        "points": packed_points(sample(spec.data), spec.data),
        "data": {
            "kind": spec.data.kind,
            "in_plane": spec.data.in_plane,
            "columns": spec.data.columns,
        },
        "classes": spec.data.classes,
        "extent": EXTENT,
    }


def network_facts(spec: TrainingSpec) -> dict[str, Any]:
    """The network of a training."""
    net = network(spec)
    return {
        "parameters": sum(map(prod, net.parameters.values())),
        "shapes": [{"name": name, "shape": list(shape)} for name, shape in net.parameters.items()],
        "features": column_names(spec.data, spec.features),
        "layers": [
            {"name": layer.name, "units": layer.units, "activation": layer.activation}
            for layer in hidden_layers(net)
        ],
    }
