"""Points of one's own: drawn by hand or read from a file, packed so that a spec can hold them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.limits import DEFAULT

OWN = "own"
"""The name a DataSpec has whose points are the reader's own."""

FARTHEST = 1e6
"""Largest coordinate, either way."""


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Labelled points as bytes: hashable, small, the same in every worker.

    `points` are x and y in turn, little-endian float32; `labels` are uint8, `held_out` are 1 for a
    point to validate with and 0 for one to train on, or empty: then a seed chooses. Made by `of`.
    """

    points: bytes
    labels: bytes
    held_out: bytes = b""

    @classmethod
    def of(
        cls, x: Sequence[float], y: Sequence[float], label: Sequence[int], held_out: Sequence[bool] = ()
    ) -> "OwnPoints":
        """Pack columns of equal length; points that say which are held out keep their order and part.

        So a point that is added or moved changes no other's part, and nothing that was held out is
        suddenly trained on. Raises InputError for columns of unequal length, a coordinate that is not
        a number up to a million, labels that are not 0..C-1 with every class present and C at least
        2, parts of which one lacks points; LimitError for too many points or classes.
        """
        _require_equal(len(x), len(y), len(label))
        DEFAULT.check("samples", len(x))
        for name, column in (("x", x), ("y", y)):
            _require_coordinates(name, column)
        _require_labels(label)
        if held_out:
            _require_parts(label, held_out)
        return cls(np.column_stack((x, y)).astype("<f4").tobytes(), bytes(label), bytes(held_out))

    @property
    def X(self) -> NDArray[np.float64]:
        """The points, shape (n, 2)."""
        return np.frombuffer(self.points, dtype="<f4").reshape(-1, 2).astype(np.float64)

    @property
    def y(self) -> NDArray[np.int64]:
        """The labels, shape (n,)."""
        return np.frombuffer(self.labels, dtype=np.uint8).astype(np.int64)

    @property
    def parts(self) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
        """Which points are trained on and which held out, in their order; None where a seed chooses."""
        if not self.held_out:
            return None
        held_out = np.frombuffer(self.held_out, dtype=np.bool_)
        return np.flatnonzero(~held_out), np.flatnonzero(held_out)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Points of each class."""
        return tuple(np.bincount(self.y).tolist())


def _require_equal(x: int, y: int, label: int) -> None:
    if not x == y == label:
        raise InputError(
            "unequal_columns",
            f"there are {x:,} x, {y:,} y and {label:,} labels",
            hint="give every point an x, a y and a label",
            parameters={"x": x, "y": y, "label": label},
        )


def _require_coordinates(name: str, column: Sequence[float]) -> None:
    values = np.asarray(column, dtype=np.float64)
    bad = np.flatnonzero(~(np.abs(values) <= FARTHEST))
    if len(bad):
        position = int(bad[0])
        raise InputError(
            "bad_coordinate",
            f"{name} of point {position} is {values[position]:g}; it must be a number up to a million",
            hint="scale the points into the square from -1 to 1",
            parameters={"what": name, "point": position},
        )


def _require_labels(labels: Sequence[int]) -> None:
    for position, label in enumerate(labels):
        if label < 0:
            raise InputError(
                "not_a_label",
                f"the label of point {position} is {label}; labels are 0, 1, 2, ...",
                hint="number the classes from 0",
                parameters={"point": position},
            )
        DEFAULT.check("classes", label + 1)
    found = set(labels)
    if len(found) < 2:
        raise InputError(
            "one_class",
            "all points are of one class, so there is nothing to tell apart" if found else "no points",
            hint="add points of a second class",
            parameters={"classes": len(found)},
        )
    missing = next((label for label in range(max(found)) if label not in found), None)
    if missing is not None:
        raise InputError(
            "class_without_points",
            f"no point has the label {missing}, though some have {max(found)}",
            hint="number the classes from 0 and leave none out",
            parameters={"class": missing},
        )


def _require_parts(labels: Sequence[int], held_out: Sequence[bool]) -> None:
    if len(held_out) != len(labels):
        raise InputError(
            "unequal_columns",
            f"there are {len(labels):,} points, but {len(held_out):,} are said to be held out or not",
            hint="say it of every point, or of none",
            parameters={"points": len(labels), "held_out": len(held_out)},
        )
    trained = {label for label, out in zip(labels, held_out, strict=True) if not out}
    missing = next((label for label in range(max(labels) + 1) if label not in trained), None)
    if missing is not None:
        raise InputError(
            "too_few_points",
            f"all points of class {missing} are held out: none is left to train on",
            hint="train on at least one point of every class",
            parameters={"class": missing},
        )
    if not any(held_out):
        raise InputError(
            "none_held_out",
            "no point is held out, so there is nothing to validate with",
            hint="hold out at least one point, or leave `held_out` empty and a seed chooses",
            parameters={},
        )
