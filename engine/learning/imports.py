"""Weights that were taken away, put back: a training goes on from them with an optimizer that begins anew."""

from collections.abc import Mapping
from dataclasses import replace

from engine.errors import InputError, quoted
from engine.learning.slices import start
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.ops.op import Array


def with_weights(spec: TrainingSpec, weights: Mapping[str, Array], step: int = 0) -> TrainingState:
    """The start of a spec with these numbers in place of those its seed draws, called that step.

    Raises InputError unless they are the spec's own parameters, each of its shape.
    """
    state = start(spec)
    for name in weights:
        if name not in state.parameters:
            raise InputError(
                "bad_weights",
                f"the program trains no parameter {quoted(name)}",
                hint=f"it trains {', '.join(f'`{one}`' for one in state.parameters)}",
                parameters={"name": name},
            )
    for name, array in state.parameters.items():
        shape = weights[name].shape if name in weights else None
        if shape != array.shape:
            raise InputError(
                "bad_weights",
                f"{quoted(name)} is {'missing' if shape is None else f'of shape {shape}'}",
                hint=f"the program trains one of shape {array.shape}",
                parameters={"name": name, "shape": list(array.shape)},
            )
    parameters = {name: weights[name].astype(array.dtype) for name, array in state.parameters.items()}
    return replace(state, parameters=parameters, step=step)
