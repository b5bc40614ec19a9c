"""The one encoder, for HTTP and WebSocket alike: plain values, JSON bytes, MessagePack bytes."""

import base64
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgpack
import numpy as np
from numpy.typing import NDArray

from engine.errors import LimitError

SHOWN = 1_024
"""Elements up to which a tensor is answered whole without being asked for."""
MOST_NUMBERS = 200_000
"""Numbers an answer may hold, previews not counted."""
PREVIEWED = 100_000
"""Numbers the previews of an answer may hold; beyond it they are left empty, and the graph still opens."""
PREVIEW_SHAPE = (16, 32)
"""Blocks of a preview, at most: rows and columns."""

LARGEST = 2**63 - 1
"""The largest whole number that MessagePack and every reader of it hold."""

Plain = Any
"""What JSON and MessagePack can say: None, booleans, finite numbers, texts, bytes, lists, maps."""


def scalar(number: float) -> float | str:
    """A number, or the word for a non-finite one: "NaN", "Infinity", "-Infinity"."""
    if math.isfinite(number):
        return number
    if math.isnan(number):
        return "NaN"
    return "Infinity" if number > 0 else "-Infinity"


def nested(array: NDArray[Any]) -> Plain:
    """An array as nested lists; a scalar as a number."""
    if array.ndim == 0:
        # most graphs are of single numbers: no NumPy call where Python's own will do
        number = array.item()
        return scalar(number) if isinstance(number, float) else number
    if array.dtype.kind != "f" or bool(np.isfinite(array).all()):
        return array.tolist()
    # only rows that hold a non-finite number are walked in Python
    return [nested(row) for row in array]


def plain(value: object) -> Plain:
    """The value in what JSON and MessagePack can say; anything unknown becomes its text."""
    match value:
        case None | bool() | str() | bytes():
            return value
        case np.ndarray():
            return nested(cast("NDArray[Any]", value))
        case np.generic():
            return plain(cast("object", value.item()))
        case int():
            # a number of a mistaken client's; MessagePack has none that large
            return value if -LARGEST <= value <= LARGEST else str(value)
        case float():
            return scalar(value)
        case Mapping():
            return {str(key): plain(entry) for key, entry in cast("Mapping[object, object]", value).items()}
        case list() | tuple() | set() | frozenset():
            return [plain(entry) for entry in cast("list[object]", value)]
        case _:
            return str(value)


def statistics(array: NDArray[Any]) -> dict[str, Plain]:
    """What is told of a large tensor: of its finite elements, and how many are not."""
    numbers = np.asarray(array, dtype=np.float64)
    finite = numbers[np.isfinite(numbers)]
    missing = numbers.size - finite.size
    if finite.size == 0:
        return dict.fromkeys(("min", "max", "mean", "std", "norm")) | {"nonfinite": missing}
    # divided by the largest first, so that squares of large numbers do not overflow
    scale = float(np.abs(finite).max()) or 1.0
    parts = finite / scale
    return {
        "min": scalar(float(finite.min())),
        "max": scalar(float(finite.max())),
        "mean": scalar(float(parts.mean()) * scale),
        "std": scalar(float(parts.std()) * scale),
        "norm": scalar(float(np.sqrt(np.square(parts).sum())) * scale),
        "nonfinite": missing,
    }


def preview(array: NDArray[Any]) -> NDArray[Any]:
    """A large tensor in few blocks: of each, the element of largest size; NaN and infinity win.

    Leading axes are stacked: a tensor of shape (a, b, c) is seen as a matrix of a * b rows and c columns.
    """
    matrix = array.reshape(-1, array.shape[-1])
    rows, columns = map(_starts, matrix.shape, PREVIEW_SHAPE)
    high = np.maximum.reduceat(np.maximum.reduceat(matrix, rows, axis=0), columns, axis=1)
    low = np.minimum.reduceat(np.minimum.reduceat(matrix, rows, axis=0), columns, axis=1)
    return np.where(-low > high, low, high)


def _starts(size: int, most: int) -> NDArray[np.intp]:
    """Where each of at most so many blocks begins."""
    blocks = min(size, most)
    return np.arange(blocks) * size // blocks


class TensorWriter:
    """Turns the tensors of one answer into plain values and counts their numbers.

    Raises LimitError when the answer would hold more than `most` numbers.
    """

    def __init__(self, most: int = MOST_NUMBERS, shown: int = SHOWN) -> None:
        self._most = most
        self._shown = shown
        self.numbers = 0
        self.previewed = 0

    def __call__(self, array: NDArray[Any] | None, *, full: bool = False) -> Plain:
        """Nested lists, or shape and statistics when the tensor is large and not asked for in full."""
        if array is None:
            return None
        if array.size > self._shown and not full:
            return {
                "truncated": True,
                "shape": list(array.shape),
                "statistics": statistics(array),
                "preview": self._preview(array),
            }
        self.numbers += array.size
        if self.numbers > self._most:
            raise LimitError("answer_numbers", self.numbers, self._most, what="numbers in an answer")
        return nested(array)

    def _preview(self, array: NDArray[Any]) -> Plain:
        blocks = preview(array)
        if self.previewed + blocks.size > PREVIEWED:
            return []
        self.previewed += blocks.size
        return nested(blocks)


def to_json(value: object) -> bytes:
    """JSON in UTF-8, bytes as base64; a lone surrogate, which UTF-8 cannot hold, becomes a question mark."""
    try:
        text = _dumps(value)
    except ValueError:
        # a non-finite number somewhere: rare enough to look for it only now
        text = _dumps(plain(value))
    return text.encode("utf-8", errors="replace")


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_sayable)


def _sayable(value: object) -> Plain:
    """What JSON cannot say by itself: bytes as base64, anything else as `plain` has it."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else plain(value)


def to_msgpack(value: object) -> bytes:
    """MessagePack; bytes stay bytes."""
    return _packb(plain(value), unicode_errors="replace")


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries of a map in MessagePack, without its head: so that others can join them later."""

    count: int
    content: bytes


def to_entries(fields: Mapping[str, object]) -> Entries:
    """The entries of a map, fewer than 65,536."""
    content = to_msgpack(fields)
    return Entries(len(fields), content[len(_map_head(len(fields))) :])


def join_entries(*parts: Entries) -> bytes:
    """One map of all these entries, in their order, in MessagePack."""
    head = _map_head(sum(part.count for part in parts))
    return b"".join((head, *(part.content for part in parts)))


def _map_head(count: int) -> bytes:
    return bytes((0x80 | count,)) if count < 16 else b"\xde" + count.to_bytes(2, "big")


def from_msgpack(content: bytes) -> object:
    """The value that MessagePack stands for; raises ValueError for anything that is not it, whole."""
    try:
        # text and bytes are told apart, and no extension type makes anything but plain values
        return _unpackb(content, max_ext_len=0)
    except msgpack.UnpackException as error:
        raise ValueError("not MessagePack") from error


# the library has no types of its own
_packb = cast("Callable[..., bytes]", msgpack.packb)  # pyright: ignore[reportUnknownMemberType]
_unpackb = cast("Callable[..., object]", msgpack.unpackb)  # pyright: ignore[reportUnknownMemberType]
