"""Tensors that a client sends: finite, rectangular, not empty."""

from typing import Annotated, Any, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from engine.limits import DEFAULT

_NUMBER: dict[str, Any] = {"type": "number"}


def _nested(rank: int) -> dict[str, Any]:
    schema = _NUMBER
    for _ in range(rank):
        schema = {"type": "array", "items": schema, "minItems": 1}
    return schema


_SCHEMA = {
    "description": "A finite number, or nested lists of them of one length each.",
    "anyOf": [_nested(rank) for rank in range(int(DEFAULT.rank) + 1)],
}


def _number(entry: object, at: str) -> float:
    """The float an entry stands for; a boolean is not a number."""
    if isinstance(entry, bool) or not isinstance(entry, int | float):
        raise PydanticCustomError(
            "not_a_number", "{entry} is not a number", {"at": at, "entry": _quote(entry)}
        )
    try:
        number = float(entry)
    except OverflowError:
        number = float("inf")
    if not np.isfinite(number):
        raise PydanticCustomError("not_finite", "a number must be finite", {"at": at})
    return number


def _quote(entry: object) -> str:
    if isinstance(entry, bool):
        return str(entry).lower()
    if entry is None:
        return "null"
    if isinstance(entry, dict | list):
        return "an object" if isinstance(entry, dict) else "a list"
    text = str(entry)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:40]}...`"


def _position(index: int, shape: list[int]) -> str:
    """Where the flat index stands, as `[2][0]`."""
    place: list[str] = []
    for length in reversed(shape):
        index, here = divmod(index, length)
        place.append(f"[{here}]")
    return "".join(reversed(place))


def to_array(value: object) -> NDArray[np.float64]:
    """The float64 array that nested lists stand for, read level by level so that depth costs no stack.

    Raises PydanticCustomError for anything that is not a finite, rectangular, non-empty tensor.
    """
    shape: list[int] = []
    level: list[object] = [value]
    while isinstance(level[0], list):
        if len(shape) == DEFAULT.rank:
            raise PydanticCustomError(
                "too_deep", "a tensor has at most {rank} axes", {"rank": int(DEFAULT.rank)}
            )
        length = len(cast("list[object]", level[0]))
        if length == 0:
            raise PydanticCustomError("empty", "a tensor must not be empty", {})
        below: list[object] = []
        for index, row in enumerate(level):
            if not isinstance(row, list) or len(cast("list[object]", row)) != length:
                raise PydanticCustomError(
                    "ragged",
                    "a list of length {length} is expected: all rows of a tensor have one length",
                    {"at": _position(index, shape), "length": length},
                )
            below.extend(cast("list[object]", row))
        shape.append(length)
        level = below
    return _numbers(level, shape).reshape(shape)


def _numbers(level: list[object], shape: list[int]) -> NDArray[np.float64]:
    """The entries as floats: read at once where all are well, else one by one to the one that is not."""
    if all(kind is float or kind is int for kind in set(map(type, level))):
        try:
            numbers = np.array(level, dtype=np.float64)
        except OverflowError:
            pass
        else:
            if np.isfinite(numbers).all():
                return numbers
    return np.array([_number(entry, _position(index, shape)) for index, entry in enumerate(level)])


InputTensor = TypeAliasType("InputTensor", Annotated[Any, PlainValidator(to_array), WithJsonSchema(_SCHEMA)])
"""A tensor of a request: validated into a float64 array."""
