"""Reading plain values (maps, lists, text, whole numbers, bytes) that may come from anybody.

Each reader answers the value with its type known, or raises InputError saying where it stood.
"""

from collections.abc import Mapping, Sequence
from math import prod
from struct import Struct
from typing import cast

import numpy as np

from engine.errors import InputError
from engine.ops.op import Array, Shape

FLOAT = Struct("<d")


def refuse(where: str, wanted: str) -> InputError:
    """The error for a value that is not what its place asks for."""
    return InputError(
        "bad_state",
        f"this training state cannot be read: `{where}` is not {wanted}",
        hint="start the training again, or hand back a state exactly as it was given",
        parameters={"where": where, "wanted": wanted},
    )


def read_map(value: object, where: str, keys: Sequence[str]) -> dict[str, object]:
    """A map with exactly these keys."""
    if not isinstance(value, Mapping):
        raise refuse(where, "a map")
    found = cast("Mapping[object, object]", value)
    if set(found) != set(keys):
        raise refuse(where, f"a map of {', '.join(keys) or 'nothing'}")
    return {key: found[key] for key in keys}


def read_list(value: object, where: str, longest: float) -> list[object]:
    """A list of at most so many values."""
    if not isinstance(value, (list, tuple)):
        raise refuse(where, "a list")
    found = list(cast("Sequence[object]", value))
    if len(found) > longest:
        raise refuse(where, f"a list of at most {longest:,}")
    return found


def read_text(value: object, where: str) -> str:
    """Text."""
    if not isinstance(value, str):
        raise refuse(where, "text")
    return value


def read_whole(value: object, where: str, highest: int) -> int:
    """A whole number from 0 to `highest`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= highest:
        raise refuse(where, f"a whole number from 0 to {highest:,}")
    return value


def read_big(value: object, where: str) -> int:
    """A whole number of 128 bits, little-endian in 16 bytes: too large for most formats' integers."""
    return int.from_bytes(_read_bytes(value, where, 16), "little")


def write_big(value: int) -> bytes:
    """The 16 bytes `read_big` reads."""
    return value.to_bytes(16, "little")


def read_float(value: object, where: str) -> float:
    """A number, or NaN or infinity, from the 8 bytes of a little-endian float64."""
    (number,) = FLOAT.unpack(_read_bytes(value, where, FLOAT.size))
    return number


def write_float(value: float) -> bytes:
    """The 8 bytes `read_float` reads."""
    return FLOAT.pack(value)


def read_shape(value: object, where: str, rank: float, elements: float) -> Shape:
    """A shape: sizes from 1, within a rank and a number of elements."""
    highest = int(elements)
    shape = tuple(read_whole(size, where, highest) for size in read_list(value, where, rank))
    if not 1 <= prod(shape) <= highest:
        raise refuse(where, f"a shape of 1 to {highest:,} elements")
    return shape


def read_array(value: object, where: str, shape: Shape, dtype: str) -> Array:
    """An array of finite numbers, from its bytes in little-endian order; read-only."""
    kind = np.dtype(dtype)
    content = _read_bytes(value, where, prod(shape) * kind.itemsize)
    array = np.frombuffer(content, dtype=kind.newbyteorder("<")).astype(kind).reshape(shape)
    if not np.isfinite(array).all():
        raise refuse(where, "made of finite numbers")
    array.setflags(write=False)
    return array


def write_array(array: Array) -> bytes:
    """The bytes `read_array` reads."""
    return array.astype(array.dtype.newbyteorder("<")).tobytes()


def _read_bytes(value: object, where: str, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise refuse(where, f"{length:,} bytes")
    return value
