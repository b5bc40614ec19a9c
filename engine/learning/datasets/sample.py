"""Drawing the points a DataSpec describes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.learning.datasets.dataset import Kind
from engine.learning.datasets.spec import DataSpec
from engine.learning.datasets.split import split
from engine.learning.datasets.table import DATASETS
from engine.ops.op import Array

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Points, shape (n, columns), float32, and their labels 0..C-1, shape (n,), int64; all read-only.

    Data of kind "values" have a number to be predicted, float32, in place of each label. Without a
    share for it, the test part is empty.
    """

    X_train: NDArray[np.float32]
    y_train: Array
    X_validation: NDArray[np.float32]
    y_validation: Array
    X_test: NDArray[np.float32]
    y_test: Array
    kind: Kind = "classes"


@lru_cache(maxsize=32)
def sample(spec: DataSpec) -> Data:
    """Draw the points a DataSpec describes and split them; the same spec always gives the same bits.

    Classes are as large as `balance` says, to within one point, and each gives its shares, chosen
    at random, to validation and test. All parts come shuffled; but points of one's own that say which
    are held out stay in their order.
    """
    generator = np.random.default_rng(spec.seed)
    if spec.own is None:
        drawn, targets = DATASETS[spec.name].draw(spec.sizes, spec.noise, generator)
    else:
        drawn, targets = spec.own.X, spec.own.y
    X = drawn.astype(np.float32)
    y = targets.astype(np.int64 if spec.kind == "classes" else np.float32)
    strata = y if spec.kind == "classes" else np.zeros(len(y), dtype=np.int64)
    parts = None if spec.own is None else spec.own.parts
    if parts is None:
        train, validation, test = split(strata, spec.validation_share, spec.test_share, generator)
    else:
        (train, validation), test = parts, np.empty(0, dtype=np.intp)
    return Data(
        X_train=read_only(X[train]),
        y_train=read_only(y[train]),
        X_validation=read_only(X[validation]),
        y_validation=read_only(y[validation]),
        X_test=read_only(X[test]),
        y_test=read_only(y[test]),
        kind=spec.kind,
    )


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The array itself, which can no longer be written to."""
    array.setflags(write=False)
    return array
