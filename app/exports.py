"""A trained net to take away, and weights to put back, in a worker."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import to_json
from app.specs import read_spec, starting_point
from app.states import write_state
from engine.learning.exports import weights_json, weights_npz
from engine.learning.imports import with_weights
from engine.learning.scripts import numpy_script, pytorch_script


def export(asked: Mapping[str, Any], handed_in: str | None, target: str) -> bytes:
    """The file of that target."""
    spec = read_spec(asked)
    state = starting_point(spec, handed_in)
    match target:
        case "json":
            return weights_json(spec, state)
        case "npz":
            return weights_npz(state)
        case "numpy":
            return numpy_script(spec, state).encode()
        case _:
            return pytorch_script(spec, state).encode()


def put_back(asked: Mapping[str, Any], weights: Mapping[str, NDArray[np.float64]], step: int) -> bytes:
    """The state with these weights, as JSON."""
    state = with_weights(read_spec(asked), weights, step)
    return to_json({"state": write_state(state), "step": state.step})
