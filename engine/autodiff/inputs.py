"""Values handed in beside a program: numbers, nested lists or arrays, made into float64 tensors."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from engine import limits as limit_table
from engine.errors import InputError, quoted
from engine.limits import Limits
from engine.ops.op import Array


def as_tensors(
    inputs: Mapping[str, npt.ArrayLike], limits: Limits = limit_table.DEFAULT, finite: bool = True
) -> dict[str, Array]:
    """Make every value a float64 tensor.

    Raises InputError for a value that is ragged, empty, not numeric or (unless allowed) not finite.
    """
    return {name: _as_tensor(name, value, limits, finite) for name, value in inputs.items()}


def _as_tensor(name: str, value: npt.ArrayLike, limits: Limits, finite: bool) -> Array:
    try:
        tensor = np.asarray(value)
    except ValueError as error:
        raise InputError(
            "ragged",
            f"the rows of {quoted(name)} differ in length",
            hint="give every row the same number of elements",
            parameters={"name": name},
        ) from error
    if tensor.dtype.kind == "O" and all(type(item) in (int, float) for item in tensor.flat):
        tensor = _floats(tensor)
    if tensor.dtype.kind not in "iuf":
        raise InputError(
            "not_a_number",
            f"{quoted(name)} holds something that is not a number",
            hint="give a number or a list of numbers",
            parameters={"name": name},
        )
    tensor = tensor.astype(np.float64)
    if tensor.size == 0:
        raise InputError(
            "empty", f"{quoted(name)} is empty", hint="give at least one number", parameters={"name": name}
        )
    limits.check("rank", tensor.ndim)
    limits.check("tensor_elements", tensor.size)
    if finite and not np.all(np.isfinite(tensor)):
        raise InputError(
            "not_finite",
            f"{quoted(name)} holds NaN or infinity",
            hint="give finite numbers",
            parameters={"name": name},
        )
    return tensor


def _floats(numbers: Array) -> Array:
    """Python's integers beyond 64 bits as floats; those beyond a float's range stay what they are."""
    try:
        return numbers.astype(np.float64)
    except OverflowError:
        return numbers
