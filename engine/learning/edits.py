"""One number of a training state, set by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.errors import InputError
from engine.learning.checks import one_of, shown, whole
from engine.learning.state import TrainingState
from engine.ops.op import Shape


def edited(state: TrainingState, parameter: str, index: Sequence[int], value: float) -> TrainingState:
    """The state with parameter[index] = value, rounded to the kind of number trained; all else as it was.

    `index` has one whole number for each axis, counted from 0. Raises InputError for a parameter that
    there is not, an index that names no single number, and a value that is not finite once rounded.
    """
    one_of("parameter", parameter, state.parameters)
    array = state.parameters[parameter].copy()
    require_place(parameter, array.shape, index)
    with np.errstate(over="ignore"):
        rounded = array.dtype.type(value)
    if not np.isfinite(rounded):
        raise InputError(
            "not_finite",
            f"{parameter} cannot be set to {shown(value)}, which is no finite {array.dtype.name}",
            hint="give a finite number",
            parameters={"parameter": parameter, "value": shown(value)},
        )
    array[tuple(index)] = rounded
    array.setflags(write=False)
    return replace(state, parameters={**state.parameters, parameter: array})


def require_place(parameter: str, shape: Shape, index: Sequence[int]) -> None:
    """Raise InputError unless the index names one number of a parameter of that shape."""
    if len(index) != len(shape):
        raise InputError(
            "wrong_index",
            f"{parameter} has shape {shape}, so {list(index)[:8]} names no single number of it",
            hint=f"give {len(shape)} whole numbers, one for each axis",
            parameters={"parameter": parameter, "shape": list(shape)},
        )
    for axis, (position, size) in enumerate(zip(index, shape, strict=True)):
        whole(f"index {axis} of {parameter}", position, 0, size - 1)
