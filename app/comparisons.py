"""What stands beside a net, in a worker: nearest neighbours, the one layer of a linear net."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.data import read_data
from app.encoding import nested, to_json
from app.specs import read_spec, starting_point
from engine.learning import EXTENT
from engine.learning.collapse import collapse_training
from engine.learning.neighbour_boundary import neighbour_boundary


@dataclass(frozen=True, slots=True)
class NeighboursTask:
    """Which points vote, and where they are asked."""

    data: Mapping[str, Any]
    features: tuple[str, ...]
    k: int
    size: int
    standardized: bool


def ask_neighbours(task: NeighboursTask) -> bytes:
    """The boundary and the accuracies of the nearest neighbours, as JSON."""
    found = neighbour_boundary(
        read_data(task.data), task.features, task.k, task.size, standardized=task.standardized
    )
    boundary = None
    if found.classes is not None and found.share is not None:
        boundary = {
            "size": found.size,
            "classes": found.classes.tobytes(),
            "share": found.share.tobytes(),
        }
    return to_json(
        {
            "k": task.k,
            "extent": EXTENT,
            "boundary": boundary,
            "accuracy": {"train": found.train, "validation": found.validation},
            "standardized": task.standardized,
        }
    )


def collapse(asked: Mapping[str, Any], handed_in: str | None) -> bytes:
    """The one layer of a network without nonlinearities, as JSON."""
    spec = read_spec(asked)
    state = starting_point(spec, handed_in)
    found = collapse_training(spec, state)
    return to_json(
        {
            "weights": nested(found.layer.weights),
            "bias": nested(found.layer.bias),
            "formula": found.formula,
            "difference": found.difference,
            "largest": found.largest,
            "features": list(spec.features) if spec.data.in_plane else [],
        }
    )
